import numpy as np,torch,contextlib as C
from torch import nn as T
from types import MethodType
def chain_rule(x):u=2*x+1;return dict(f=u**3,u=u,du_dx=2,df_du=3*u*u,df_dx=6*u*u)
def computational_graph(w,x,b):a=w*x;z=a+b;d=2*z;return dict(a=a,z=z,L=z*z,dL_dz=d,dL_da=d,dL_db=d,dL_dw=d*x,dL_dx=d*w)
S=lambda z:np.exp(np.minimum(z:=np.asarray(z,float),0))/(1+np.exp(-abs(z)))
def single_neuron(x,w,b,y):z=x@w+b;a=S(z)[()];s=a*S(-z)[()];e=a-y;g=e*s;return dict(z=z,a=a,L=e*e/2,dL_da=e,da_dz=s,dL_dz=g,dL_db=g,dL_dw=g*x)
N=1e-14
class B:
 relu=lambda s,Z:Z.clip(0);relu_derivative=lambda s,Z:1.*(Z>0);sigmoid=lambda s,Z:S(Z);sigmoid_derivative=lambda s,Z:S(Z)*S(-np.asarray(Z,float))
 def I(s,r,*n):
  s.learning_rate=r;s.n=len(n)-1
  for i in range(s.n):s.__dict__|={f"W{i+1}":np.random.randn(n[i+1],n[i])*.2,f"b{i+1}":np.zeros((n[i+1],1))}
 def forward(s,X):
  c={"X":X};A=X
  for i in range(1,s.n+1):c[f"Z{i}"]=Z=s.__dict__[f"W{i}"]@A+s.__dict__[f"b{i}"];c[f"A{i}"]=A=S(Z)if i==s.n else Z.clip(0)
  return A,c
 def L(s,Y,A):A=np.float64(A);return-np.log(np.maximum(abs(A+Y-1),N)).sum()/A.shape[1]  # |A+Y-1| is A for Y=1 and 1-A for Y=0
 def backward(s,Y,c):
  g={};i=s.n;d=(c[f"A{i}"]-Y)/len(Y.T)
  while i:
   g|={f"dW{i}":d@c[f"A{i-1}"if i>1 else"X"].T,f"db{i}":d.sum(1)[:,None]};i-=1
   if i:d=s.__dict__[f"W{i+1}"].T@d*(c[f"Z{i}"]>0)
  return g
 def update_parameters(s,gradients):s.__dict__.update({k[1:]:s.__dict__[k[1:]]-v*s.learning_rate for k,v in gradients.items()})
 def train(s,X,Y,num_iterations=1000,print_every=100):
  l=[]
  for i in range(num_iterations):A,c=s.forward(X);l+=[s.L(Y,A)];i%print_every or print(i,l[i]);s.update_parameters(s.backward(Y,c))
  return l
 predict=lambda s,X:(s.forward(X)[0]>.5)*1
class NeuralNetworkWithBackprop(B):
 def __init__(s,input_size,hidden_size,output_size,learning_rate=.01):s.I(learning_rate,input_size,hidden_size,output_size)
 def compute_loss(s,Y,A2):return s.L(Y,A2)
class ThreeLayerNetwork(B):
 def __init__(s,input_size,hidden1_size,hidden2_size,output_size,learning_rate=.01):s.I(learning_rate,input_size,hidden1_size,hidden2_size,output_size)
 def compute_loss(s,Y,A3):return s.L(Y,A3)
def gradient_check(nn,X,Y,epsilon=1e-05,*,most=10):
 g=nn.backward(Y,nn.forward(X)[1]);R={}
 for n in"W1","b1","W2","b2":
  p=getattr(nn,n);q=np.array(p,float);setattr(nn,n,q);a=np.ravel(g["d"+n])[:most];v=q.ravel();f=lambda:nn.compute_loss(Y,nn.forward(X)[0]);z=[]
  try:
   for i in range(len(a)):
    o=v[i];v[i]=o+epsilon;u=f();v[i]=o-epsilon;z+=[(u-f())/epsilon/2];v[i]=o
  finally:setattr(nn,n,p)
  R[n]=np.hypot(*[np.linalg.norm(a-z)]*2)/t if(t:=np.linalg.norm(a)+np.linalg.norm(z))else 0.
 return R
def gradient_check_all(nn,X,Y,epsilon=1e-05):return gradient_check(nn,X,Y,epsilon,most=None)
def two_squares(w1,w2,x1,x2):return 4*w1*x1**2,4*w2*x2**2
G=lambda f,*a:torch.autograd.grad(f(*(t:=[torch.tensor(float(v),dtype=torch.float64,requires_grad=True)for v in a])),t)
def two_squares_autograd(w1,w2,x1,x2):return G(lambda u,v:(u*x1+v*x2)**2+(u*x1-v*x2)**2,w1,w2)
def autograd_linear(x,w,b):return G(lambda x,w,b:w*x+b,x,w,b)
def leaf_parameters(shape,scale,generator):return(scale*torch.randn(*shape,generator=generator)).requires_grad_()
def train_autograd(X,Y,W1,b1,W2,b2,learning_rate,num_iterations):
 p=W1,b1,W2,b2;l=[]
 for _ in range(num_iterations):A,a,B,b=p=[t.detach().requires_grad_()for t in p];e=(torch.sigmoid(B@torch.relu(A@X+a)+b)-Y).pow(2).mean();l+=[e.item()];p=[t-learning_rate*g for t,g in zip(p,torch.autograd.grad(e,p))]
 return l
def gradient_flow(model,X,Y):
 o=[];O=T.Linear.forward
 def F(s,x):s in o or o.append(s);return O(s,x)
 T.Linear.forward=F
 try:e=T.functional.binary_cross_entropy(model(X),Y)
 finally:T.Linear.forward=O
 return[g.abs().mean().item()for g in torch.autograd.grad(e,[m.weight for m in o])]
