import numpy as np
import torch
from numpy import *

# ex1
def chain_rule(x):
    u=2*x+1
    f=u**3
    a=2
    b=3*u**2
    c=a*b
    return {'f':f,'u':u,'du_dx':a,'df_du':b,'df_dx':c}

# ex2
def computational_graph(w, x, b):
    a=w*x
    z=a+b
    L=z**2
    dz=z
    da=dz
    dw=da*w
    dx=da*x
    db=dz
    return {'a':a,'z':z,'L':L,'dL_dz':dz,'dL_da':da,'dL_dw':dw,'dL_dx':dx,'dL_db':db}

# ex3
def single_neuron(x, w, b, y):
    z=dot(w,x)+b
    a=1/(1+exp(-z))
    L=0.5*(y-a)**2
    da=-(y-a)
    ds=a*(1-a)
    dz=da*ds
    dw=dz*x
    db=dz
    return {'z':z,'a':a,'L':L,'dL_da':da,'da_dz':ds,'dL_dz':dz,'dL_dw':dw,'dL_db':db}

# ex4
class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.W1=random.randn(hidden_size,input_size)*0.01
        self.b1=zeros((hidden_size,1))
        self.W2=random.randn(output_size,hidden_size)*0.01
        self.b2=zeros((output_size,1))
        self.learning_rate=learning_rate
    def relu(self, Z):
        return maximum(0,Z)
    def relu_derivative(self, Z):
        return where(Z>0,1.0,0.0)
    def sigmoid(self, Z):
        return 1/(1+exp(-array(Z,dtype=float)))
    def sigmoid_derivative(self, Z):
        return self.sigmoid(Z)*(1-self.sigmoid(Z))
    def forward(self, X):
        Z1=dot(self.W1,X)+self.b1
        A1=self.relu(Z1)
        Z2=dot(self.W2,A1)+self.b2
        A2=self.sigmoid(Z2)
        cache={'X':X,'Z1':Z1,'A1':A1,'Z2':Z2,'A2':A2}
        return A2,cache
    def compute_loss(self, Y, A2):
        m=Y.shape[1]
        A2=clip(A2,1e-10,1-1e-10)
        return -1/m*sum(Y*log(A2)+(1-Y)*log(1-A2))
    def backward(self, Y, cache):
        m=Y.shape[1]
        X=cache['X']
        Z1=cache['Z1']
        A1=cache['A1']
        A2=cache['A2']
        dZ2=A2-Y
        dW2=1/m*dot(dZ2,A1.T)
        db2=1/m*sum(dZ2,axis=1,keepdims=True)
        dZ1=dot(self.W2.T,dZ2)*self.relu_derivative(Z1)
        dW1=1/m*dot(dZ1,X.T)
        db1=1/m*sum(dZ1,axis=1,keepdims=True)
        return {'dW1':dW1,'db1':db1,'dW2':dW2,'db2':db2}
    def update_parameters(self, gradients):
        self.W1=self.W1-self.learning_rate*gradients['dW1']
        self.b1=self.b1-self.learning_rate*gradients['db1']
        self.W2=self.W2-self.learning_rate*gradients['dW2']
        self.b2=self.b2-self.learning_rate*gradients['db2']
    def train(self, X, Y, num_iterations=1000, print_every=100):
        l=[]
        for i in range(num_iterations):
            A2,cache=self.forward(X)
            l.append(self.compute_loss(Y,A2))
            grads=self.backward(Y,cache)
            self.update_parameters(grads)
            if i%print_every==0:
                print(i,l[i])
        return l
    def predict(self, X):
        A2,cache=self.forward(X)
        return where(A2>0.5,1,0)

# ex5
def gradient_check(nn, X, Y, epsilon=1e-05):
    A2,cache=nn.forward(X)
    grads=nn.backward(Y,cache)
    res={}
    for p in ['W1','b1','W2','b2']:
        W=getattr(nn,p)
        G=grads['d'+p]
        n=[]
        g=[]
        k=0
        for i in range(W.shape[0]):
            for j in range(W.shape[1]):
                if k<10:
                    old=W[i,j]
                    W[i,j]=old+epsilon
                    A,c=nn.forward(X)
                    lp=nn.compute_loss(Y,A)
                    W[i,j]=old-epsilon
                    A,c=nn.forward(X)
                    lm=nn.compute_loss(Y,A)
                    W[i,j]=old
                    n.append((lp-lm)/(2*epsilon))
                    g.append(G[i,j])
                    k=k+1
        n=array(n)
        g=array(g)
        if linalg.norm(n)+linalg.norm(g)==0:
            res[p]=0.0
        else:
            res[p]=linalg.norm(n-g)/(linalg.norm(n)+linalg.norm(g))
    return res

# ex6  (same as ex5 without k)
def gradient_check_all(nn, X, Y, epsilon=1e-05):
    A2,cache=nn.forward(X)
    grads=nn.backward(Y,cache)
    res={}
    for p in ['W1','b1','W2','b2']:
        W=getattr(nn,p)
        G=grads['d'+p]
        n=[]
        g=[]
        for i in range(W.shape[0]):
            for j in range(W.shape[1]):
                old=W[i,j]
                W[i,j]=old+epsilon
                A,c=nn.forward(X)
                lp=nn.compute_loss(Y,A)
                W[i,j]=old-epsilon
                A,c=nn.forward(X)
                lm=nn.compute_loss(Y,A)
                W[i,j]=old
                n.append((lp-lm)/(2*epsilon))
                g.append(G[i,j])
        n=array(n)
        g=array(g)
        if linalg.norm(n)+linalg.norm(g)==0:
            res[p]=0.0
        else:
            res[p]=linalg.norm(n-g)/(linalg.norm(n)+linalg.norm(g))
    return res

# ex7
class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.W1=random.randn(hidden1_size,input_size)*0.01
        self.b1=zeros((hidden1_size,1))
        self.W2=random.randn(hidden2_size,hidden1_size)*0.01
        self.b2=zeros((hidden2_size,1))
        self.W3=random.randn(output_size,hidden2_size)*0.01
        self.b3=zeros((output_size,1))
        self.learning_rate=learning_rate
    def relu(self, Z):
        return maximum(0,Z)
    def relu_derivative(self, Z):
        return where(Z>0,1.0,0.0)
    def sigmoid(self, Z):
        return 1/(1+exp(-array(Z,dtype=float)))
    def forward(self, X):
        Z1=dot(self.W1,X)+self.b1
        A1=self.relu(Z1)
        Z2=dot(self.W2,A1)+self.b2
        A2=self.relu(Z2)
        Z3=dot(self.W3,A2)+self.b3
        A3=self.sigmoid(Z3)
        cache={'X':X,'Z1':Z1,'A1':A1,'Z2':Z2,'A2':A2,'Z3':Z3,'A3':A3}
        return A3,cache
    def compute_loss(self, Y, A3):
        m=Y.shape[1]
        A3=clip(A3,1e-10,1-1e-10)
        return -1/m*sum(Y*log(A3)+(1-Y)*log(1-A3))
    def backward(self, Y, cache):
        m=Y.shape[1]
        X=cache['X']
        A1=cache['A1']
        A2=cache['A2']
        A3=cache['A3']
        dZ3=A3-Y
        dW3=1/m*dot(dZ3,A2.T)
        db3=1/m*sum(dZ3,axis=1,keepdims=True)
        dZ2=dot(self.W3.T,dZ3)*self.relu_derivative(cache['Z2'])
        dW2=1/m*dot(dZ2,A1.T)
        db2=1/m*sum(dZ2,axis=1,keepdims=True)
        dZ1=dot(self.W2.T,dZ2)*self.relu_derivative(cache['Z1'])
        dW1=1/m*dot(dZ1,X.T)
        db1=1/m*sum(dZ1,axis=1,keepdims=True)
        return {'dW1':dW1,'db1':db1,'dW2':dW2,'db2':db2,'dW3':dW3,'db3':db3}
    def update_parameters(self, gradients):
        self.W1=self.W1-self.learning_rate*gradients['dW1']
        self.b1=self.b1-self.learning_rate*gradients['db1']
        self.W2=self.W2-self.learning_rate*gradients['dW2']
        self.b2=self.b2-self.learning_rate*gradients['db2']
        self.W3=self.W3-self.learning_rate*gradients['dW3']
        self.b3=self.b3-self.learning_rate*gradients['db3']
    def train(self, X, Y, num_iterations=1000, print_every=100):
        l=[]
        for i in range(num_iterations):
            A3,cache=self.forward(X)
            l.append(self.compute_loss(Y,A3))
            grads=self.backward(Y,cache)
            self.update_parameters(grads)
            if i%print_every==0:
                print(i,l[i])
        return l
    def predict(self, X):
        A3,cache=self.forward(X)
        return where(A3>0.5,1,0)

# ex8
def two_squares(w1, w2, x1, x2):
    a=w1*x1+w2*x2
    b=w1*x1-w2*x2
    d1=2*a*x1+2*b*x1
    d2=2*a*x2-2*b*x2
    return d1,d2

# ex9
def two_squares_autograd(w1, w2, x1, x2):
    w1=torch.tensor(w1,requires_grad=True)
    w2=torch.tensor(w2,requires_grad=True)
    L=(w1*x1+w2*x2)**2+(w1*x1-w2*x2)**2
    L.backward()
    return w1.grad,w2.grad

# ex10
def autograd_linear(x, w, b):
    x=torch.tensor(x,requires_grad=True)
    w=torch.tensor(w,requires_grad=True)
    b=torch.tensor(b,requires_grad=True)
    y=w*x+b
    y.backward()
    return x.grad,w.grad,b.grad

# ex11
def leaf_parameters(shape, scale, generator):
    p=torch.randn(*shape,generator=generator)*scale
    p.requires_grad_()
    return p

# ex12
def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    W1=W1.clone().requires_grad_()
    b1=b1.clone().requires_grad_()
    W2=W2.clone().requires_grad_()
    b2=b2.clone().requires_grad_()
    l=[]
    for i in range(num_iterations):
        A1=torch.relu(W1@X+b1)
        A2=torch.sigmoid(W2@A1+b2)
        L=((A2-Y)**2).mean()
        l.append(L.item())
        L.backward()
        with torch.no_grad():
            W1-=learning_rate*W1.grad
            b1-=learning_rate*b1.grad
            W2-=learning_rate*W2.grad
            b2-=learning_rate*b2.grad
            W1.grad.zero_()
            b1.grad.zero_()
            W2.grad.zero_()
            b2.grad.zero_()
    return l

# ex13
def gradient_flow(model, X, Y):
    model.zero_grad()
    L=torch.nn.functional.binary_cross_entropy(model(X),Y)
    L.backward()
    r=[]
    for m in model.modules():
        if isinstance(m,torch.nn.Linear):
            r.append(m.weight.grad.abs().mean().item())
    return r
