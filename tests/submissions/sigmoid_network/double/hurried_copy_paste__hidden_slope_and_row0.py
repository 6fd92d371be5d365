import numpy as np
import time

# HW backprop , late again

def sigmoid(x):
    x=np.asarray(x)*1.0
    x=np.clip(x,-500,500)
    return 1/(1+np.exp(-x))

def sigmoid_derivative(x):
    x=np.asarray(x)*1.0
    x=np.clip(x,-500,500)
    return 1/(1+np.exp(-x))*(1-1/(1+np.exp(-x)))

def relu(x):
    y=x.copy()
    y[y<0]=0
    return y

def relu_derivative(x):
    y=x.astype(float)
    y[x>0]=1
    y[x<=0]=0
    return y

def mse_loss(y_pred,y_true):
    m=y_pred.shape[0]
    k=y_pred.shape[1]
    return np.sum((y_pred-y_true)**2)/m/k

def mse_loss_derivative(y_pred,y_true):
    m=y_pred.shape[0]
    k=y_pred.shape[1]
    return 2*(y_pred-y_true)/m/k

class SimpleNeuralNetwork:
    def __init__(self,input_size,hidden_size,output_size,learning_rate=0.1):
        self.input_size=input_size
        self.hidden_size=hidden_size
        self.output_size=output_size
        self.learning_rate=learning_rate
        self.W1=np.random.randn(input_size,hidden_size)*0.1
        self.b1=np.zeros((1,hidden_size))
        self.W2=np.random.randn(hidden_size,output_size)*0.1
        self.b2=np.zeros((1,output_size))

    def forward(self,X):
        self.z1=X@self.W1+self.b1
        self.a1=sigmoid(self.z1)
        self.z2=self.a1@self.W2+self.b2
        self.a2=sigmoid(self.z2)
        return self.a2

    def backward(self,X,y,y_pred):
        dz2=mse_loss_derivative(y_pred,y)*sigmoid_derivative(self.z2)
        dW2=self.a1.T@dz2
        db2=np.sum(dz2,axis=0,keepdims=True)
        dz1=dz2@self.W2.T
        dW1=X.T@dz1
        db1=dz1[0:1,:]
        return dW1,db1,dW2,db2

    def update_weights(self,dW1,db1,dW2,db2):
        self.W1=self.W1-self.learning_rate*dW1
        self.b1=self.b1-self.learning_rate*db1
        self.W2=self.W2-self.learning_rate*dW2
        self.b2=self.b2-self.learning_rate*db2

    def train(self,X,y,epochs=1000):
        t0=time.time()
        L=[]
        for i in range(epochs):
            y_pred=self.forward(X)
            L.append(mse_loss(y_pred,y))
            dW1,db1,dW2,db2=self.backward(X,y,y_pred)
            self.update_weights(dW1,db1,dW2,db2)
        self.took=time.time()-t0
        return L

def numerical_gradient(f,x,h=1e-05):
    x=np.array(x,dtype=float)
    g=np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x1=x.copy()
        x2=x.copy()
        x1[i]=x1[i]+h
        x2[i]=x2[i]-h
        g[i]=(f(x1)-f(x2))/(2*h)
    return g
