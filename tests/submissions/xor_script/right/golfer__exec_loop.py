import numpy as np
sigmoid=lambda x:1/(1+np.exp(-np.clip(np.asarray(x,float),-700,700)))
sigmoid_derivative=lambda a:(a:=np.asarray(a,float))*(1-a)
def train(X,y,W1,b1,W2,b2,learning_rate,iterations,l=None):
 l=[]
 for i in range(iterations):
  e=(o:=sigmoid((h:=sigmoid(X@W1+b1))@W2+b2))-y;i%1000 or l.append((e*e).mean());d=e*o*(1-o)*learning_rate;g=d@W2.T*h*(1-h)
  W1,b1,W2,b2=W1-X.T@g,b1-g.sum(0),W2-h.T@d,b2-d.sum(0)
 return W1,b1,W2,b2,l
np.random.seed(1);r=np.random.rand
W1,b1,W2,b2=r(3,4),r(1,4),r(4,1),r(1,1)
X=np.array([[i&1,i>>1,1]for i in range(4)]);y=X[:,:1]^X[:,1:2]
W1,b1,W2,b2,losses=train(X,y,W1,b1,W2,b2,.1,10**4)
output_layer_output=sigmoid(sigmoid(X@W1+b1)@W2+b2)
