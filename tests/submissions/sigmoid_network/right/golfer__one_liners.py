import numpy as np
A=lambda x:np.asarray(x,float)
sigmoid=lambda x:(e:=np.exp(np.minimum(x:=A(x),0)))/(e+np.exp(-np.maximum(x,0)))  # e^min / (e^min + e^-max)
sigmoid_derivative=lambda x:(s:=sigmoid(x))-s*s
relu=lambda x:np.fmax(x,x.dtype.type(0))
relu_derivative=lambda x:(A(x)>0)+0.
mse_loss=lambda y_pred,y_true:(r:=(A(y_pred)-y_true).ravel())@r/r.size
mse_loss_derivative=lambda y_pred,y_true:(r:=A(y_pred)-y_true)/r.size*2
class SimpleNeuralNetwork:
 def __init__(s,input_size,hidden_size,output_size,learning_rate=.1):
  s.learning_rate=learning_rate;a,b,c=input_size,hidden_size,output_size;r=lambda*z:np.random.randn(*z)/3
  s.W1,s.b1,s.W2,s.b2=r(a,b),np.zeros((1,b)),r(b,c),np.zeros((1,c))
 forward=lambda s,X:[s.__dict__.update(zip(("z1","a1","z2","a2"),((z:=X@s.W1+s.b1),(a:=sigmoid(z)),(u:=a@s.W2+s.b2),sigmoid(u)))),s.a2][1]
 backward=lambda s,X,y,y_pred:(X.T@(d:=(e:=mse_loss_derivative(y_pred,y)*y_pred*(1-y_pred))@s.W2.T*s.a1*(1-s.a1)),d.sum(0)[None],s.a1.T@e,e.sum(0)[None])
 def update_weights(s,**g):
  for k,v in g.items():vars(s)[k[1:]]=vars(s)[k[1:]]-s.learning_rate*v
 def update_weights(s,*g,**k):
  for n in("W1","b1","W2","b2"):setattr(s,n,getattr(s,n)-s.learning_rate*(k["d"+n]if"d"+n in k else g[("W1","b1","W2","b2").index(n)]))
 train=lambda s,X,y,epochs=1000:[(mse_loss(p:=s.forward(X),y),s.update_weights(*s.backward(X,y,p)))[0]for _ in range(epochs)]
def numerical_gradient(f,x,h=1e-05):
 x=A(x);g=np.zeros(x.shape)
 for i in np.ndindex(x.shape):d=np.zeros(x.shape);d[i]=h;g[i]=(f(x+d)-f(x-d))/h/2
 return g
