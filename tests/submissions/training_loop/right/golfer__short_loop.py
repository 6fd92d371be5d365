"""Reflection. Chain rule: derivatives of links multiply, so one backward sweep is enough.
Surprise: the network needs big weights to start with, small ones stay on the plateau.
Challenge: keeping the old weights until all four derivatives are there."""
import numpy as np
R=np.random
sigmoid=lambda x:np.where((x:=np.asarray(x,float))<0,e:=np.exp(-abs(x)),1)/(1+e)
sigmoid_derivative=lambda x:sigmoid(x)*sigmoid(-np.asarray(x,float))
def manual_forward(x,w1,b1,w2,b2):a1=sigmoid(z1:=w1*x+b1);a2=sigmoid(z2:=w2*a1+b2);return{k:v for k,v in locals().items()if k in("z1","a1","z2","a2")}
def manual_gradients(x,y,w1,b1,w2,b2):
 f=manual_forward(x,w1,b1,w2,b2);a,o=f["a1"],f["a2"]
 dL_dz2=dL_db2=(dL_da2:=o-y)*(da2_dz2:=o*(1-o));dL_dw2=dL_dz2*a;dL_da1=dL_dz2*w2;dL_dz1=dL_db1=dL_da1*(da1_dz1:=a*(1-a));dL_dw1=dL_dz1*x
 return{k:v for k,v in locals().items()if"_d"in k}
def manual_update(x,y,w1,b1,w2,b2,learning_rate):g=manual_gradients(x,y,w1,b1,w2,b2);return*(p-learning_rate*g["dL_d"+n]for p,n in((w1,"w1"),(b1,"b1"),(w2,"w2"),(b2,"b2"))),
class NeuralNetwork:
 def __init__(s,input_size,hidden_size,output_size,learning_rate=.1):
  s.learning_rate=learning_rate;s.W1,s.b1,s.W2,s.b2=R.uniform(-4,4,(input_size,hidden_size)),np.zeros((1,hidden_size)),R.uniform(-1,1,(hidden_size,output_size)),np.zeros((1,output_size))
 def forward(s,X):s.h=sigmoid(X@s.W1+s.b1);s.o=sigmoid(s.h@s.W2+s.b2);return+s.o
 def backward(s,X,y):
  d=(s.o-y)*s.o*(1-s.o)*2/s.o.size;e=d@s.W2.T*s.h*(1-s.h);s.gradients=dict(zip(("dW1","db1","dW2","db2"),(X.T@e,e.sum(0)[None],s.h.T@d,d.sum(0)[None])));return s.gradients
 def update_weights(s):
  for k,g in s.gradients.items():exec(f"s.{k[1:]}=s.{k[1:]}-s.learning_rate*g")
 compute_loss=lambda s,y_true,y_pred:((np.asarray(y_true)-y_pred)**2).mean()
 def train_step(s,X,y):
  try:return s.compute_loss(y,s.forward(X))
  finally:s.backward(X,y);s.update_weights()
def train_xor(seed):R.seed(seed);X=np.c_[:4]>>[1,0]&1;y=X[:,:1]^X[:,1:];n=NeuralNetwork(2,9,1,5);return n,[n.train_step(X,y)for _ in range(5000)]
def make_spiral_data(n_samples=300,noise=.1):
 y=np.arange(n_samples)%2;t=np.linspace(0,4*np.pi,n_samples//2).repeat(2)
 return(np.array([np.cos(t),np.sin(t)])*t*(1-2*y)/2/np.pi).T+noise*R.randn(n_samples,2),y[:,None]*1.
def train_spiral(X,y):
 best=0,0,None
 for q in range(3):
  n=NeuralNetwork(2,40,1,.3);n.b1=R.randn(1,40)*2;n.W2*=2;v=dict.fromkeys(("dW1","db1","dW2","db2"),0)
  for i in range(6000):  # heavy ball: update_weights gets the velocity as its gradient
   n.forward(X);g=n.backward(X,y);v={k:.98*v[k]+g[k]for k in g};n.gradients=v;n.update_weights()
  best=max(best,(((n.forward(X)>.5)==(y>.5)).mean(),q,n),key=lambda b:b[:2])
  if best[0]>=.975:break
 return best[2]
def explore(X,y,hidden_sizes,learning_rates,epochs,seed):return[dict(hidden_size=h,learning_rate=r,final_loss=[R.seed(seed),n:=NeuralNetwork(X.shape[1],h,y.shape[1],r),*(n.train_step(X,y)for _ in range(epochs))][-1])for h in hidden_sizes for r in learning_rates]
