import numpy as np,torch
t=torch
sigmoid=lambda x:(t.tanh(x/2)+1)/2
sigmoid_derivative=lambda sigmoid_output,o=1:(a:=sigmoid_output)*(o-a)
forward_pass=lambda X,W1,b1,W2,b2:(sigmoid(v:=(h:=sigmoid(u:=X@W1+b1))@W2+b2),h,u,v)
compute_loss=lambda y_pred,y:(y_pred-y).pow(2).mean().reshape(1)
backward_pass=lambda X,y,y_pred,h,z1,z2,W2:(X.T@(e:=(d:=(y_pred-y)*y_pred*(1-y_pred)*2/y.numel())@W2.T*h*(1-h)),e.sum(0),h.T@d,d.sum(0))
update_parameters=lambda W1,b1,W2,b2,*g,learning_rate=None,**k:tuple(p-(g[4]if learning_rate is None else learning_rate)*d for p,d in zip((W1,b1,W2,b2),g[:4]or[k["d"+n]for n in("W1","b1","W2","b2")]))
def train(X,y,W1,b1,W2,b2,learning_rate,n_epochs):
 p=W1,b1,W2,b2;l=[]
 while len(l)<n_epochs:f=forward_pass(X,*p);l+=compute_loss(f[0],y);p=update_parameters(*p,*backward_pass(X,y,*f,p[2]),learning_rate)
 return*p,l
def train_autograd(X,y,W1,b1,W2,b2,learning_rate,n_epochs):
 p=W1,b1,W2,b2;l=[]
 while len(l)<n_epochs:p=[q.detach().requires_grad_()for q in p];e=compute_loss(forward_pass(X,*p)[0],y);l+=[e.item()];p=[q.detach()-learning_rate*g for q,g in zip(p,t.autograd.grad(e,p))]
 return*p,l
def decision_grid(W1,b1,W2,b2,x_range,y_range,n):
 x,y=np.meshgrid(np.linspace(*x_range,n),np.linspace(*y_range,n));return x,y,forward_pass(t.tensor(np.dstack((x,y)).reshape(-1,2)).to(W1),W1,b1,W2,b2)[0].detach().numpy().reshape(n,n)
