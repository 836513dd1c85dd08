// Trains a classifier of handwritten digits: an MLP 64 -> 128 -> 10 with tanh and softmax cross-entropy, by stochastic
// gradient descent. Data: 1,797 images of 8x8 pixels with values 0 to 16; the last 297 are kept for testing.
//
//   irc-run examples/digits.mlir --npz examples/data/digits.npz

// Scores of 10 classes for a batch of images.
func.func private @forward(%w1: tensor<64x128xf32>, %b1: tensor<128xf32>, %w2: tensor<128x10xf32>, %b2: tensor<10xf32>,
                           %x: tensor<?x64xf32>) -> tensor<?x10xf32> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x64xf32>
  %xw = nd.matmul %x, %w1 : tensor<?x64xf32>, tensor<64x128xf32> -> tensor<?x128xf32>
  %b1b = nd.broadcast_to %b1(%n) : tensor<128xf32> -> tensor<?x128xf32>
  %z = nd.add %xw, %b1b : tensor<?x128xf32>
  %h = nd.tanh %z : tensor<?x128xf32>
  %hw = nd.matmul %h, %w2 : tensor<?x128xf32>, tensor<128x10xf32> -> tensor<?x10xf32>
  %b2b = nd.broadcast_to %b2(%n) : tensor<10xf32> -> tensor<?x10xf32>
  %scores = nd.add %hw, %b2b : tensor<?x10xf32>
  return %scores : tensor<?x10xf32>
}

// A one in the column of each label.
func.func private @one_hot(%labels: tensor<?xf32>) -> tensor<?x10xi1> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %labels, %c0 : tensor<?xf32>
  %column = nd.reshape %labels(%n) : tensor<?xf32> -> tensor<?x1xf32>
  %spread = nd.broadcast_to %column(%n) : tensor<?x1xf32> -> tensor<?x10xf32>
  %classes = nd.iota(%n) axis = 1 : tensor<?x10xf32>
  %hot = nd.equal %classes, %spread : tensor<?x10xf32>
  return %hot : tensor<?x10xi1>
}

// The mean of log(sum(exp(scores))) - scores[label]; the row's maximum is subtracted first, so that nothing overflows.
func.func private @loss(%w1: tensor<64x128xf32>, %b1: tensor<128xf32>, %w2: tensor<128x10xf32>, %b2: tensor<10xf32>,
                        %x: tensor<50x64xf32>, %labels: tensor<50xf32>) -> tensor<f32> {
  %xd = tensor.cast %x : tensor<50x64xf32> to tensor<?x64xf32>
  %sd = func.call @forward(%w1, %b1, %w2, %b2, %xd)
      : (tensor<64x128xf32>, tensor<128xf32>, tensor<128x10xf32>, tensor<10xf32>, tensor<?x64xf32>) -> tensor<?x10xf32>
  %scores = tensor.cast %sd : tensor<?x10xf32> to tensor<50x10xf32>
  %ld = tensor.cast %labels : tensor<50xf32> to tensor<?xf32>
  %hd = func.call @one_hot(%ld) : (tensor<?xf32>) -> tensor<?x10xi1>
  %hot = tensor.cast %hd : tensor<?x10xi1> to tensor<50x10xi1>
  %max = nd.max %scores axes = [1] : tensor<50x10xf32> -> tensor<50xf32>
  %maxc = nd.reshape %max : tensor<50xf32> -> tensor<50x1xf32>
  %maxb = nd.broadcast_to %maxc : tensor<50x1xf32> -> tensor<50x10xf32>
  %shifted = nd.subtract %scores, %maxb : tensor<50x10xf32>
  %e = nd.exp %shifted : tensor<50x10xf32>
  %sum = nd.sum %e axes = [1] : tensor<50x10xf32> -> tensor<50xf32>
  %log = nd.log %sum : tensor<50xf32>
  %zero = nd.constant dense<0.0> : tensor<50x10xf32>
  %picked = nd.where %hot, %shifted, %zero : tensor<50x10xi1>, tensor<50x10xf32>
  %own = nd.sum %picked axes = [1] : tensor<50x10xf32> -> tensor<50xf32>
  %each = nd.subtract %log, %own : tensor<50xf32>
  %total = nd.sum %each axes = [0] : tensor<50xf32> -> tensor<f32>
  %n = nd.constant dense<50.0> : tensor<f32>
  %mean = nd.divide %total, %n : tensor<f32>
  return %mean : tensor<f32>
}

// One step of gradient descent; the new parameters and the loss before the step.
func.func @step(%w1: tensor<64x128xf32>, %b1: tensor<128xf32>, %w2: tensor<128x10xf32>, %b2: tensor<10xf32>,
                %x: tensor<50x64xf32>, %labels: tensor<50xf32>)
    -> (tensor<64x128xf32>, tensor<128xf32>, tensor<128x10xf32>, tensor<10xf32>, tensor<f32>) {
  %loss, %dw1, %db1, %dw2, %db2 = ad.value_and_grad @loss(%w1, %b1, %w2, %b2, %x, %labels) {wrt = [0, 1, 2, 3]}
      : (tensor<64x128xf32>, tensor<128xf32>, tensor<128x10xf32>, tensor<10xf32>, tensor<50x64xf32>, tensor<50xf32>)
      -> (tensor<f32>, tensor<64x128xf32>, tensor<128xf32>, tensor<128x10xf32>, tensor<10xf32>)
  %rate = nd.constant dense<0.3> : tensor<f32>
  %r1 = nd.broadcast_to %rate : tensor<f32> -> tensor<64x128xf32>
  %r2 = nd.broadcast_to %rate : tensor<f32> -> tensor<128xf32>
  %r3 = nd.broadcast_to %rate : tensor<f32> -> tensor<128x10xf32>
  %r4 = nd.broadcast_to %rate : tensor<f32> -> tensor<10xf32>
  %s1 = nd.multiply %r1, %dw1 : tensor<64x128xf32>
  %s2 = nd.multiply %r2, %db1 : tensor<128xf32>
  %s3 = nd.multiply %r3, %dw2 : tensor<128x10xf32>
  %s4 = nd.multiply %r4, %db2 : tensor<10xf32>
  %n1 = nd.subtract %w1, %s1 : tensor<64x128xf32>
  %n2 = nd.subtract %b1, %s2 : tensor<128xf32>
  %n3 = nd.subtract %w2, %s3 : tensor<128x10xf32>
  %n4 = nd.subtract %b2, %s4 : tensor<10xf32>
  return %n1, %n2, %n3, %n4, %loss
      : tensor<64x128xf32>, tensor<128xf32>, tensor<128x10xf32>, tensor<10xf32>, tensor<f32>
}

// The share of images whose highest score is that of their label.
func.func private @accuracy(%w1: tensor<64x128xf32>, %b1: tensor<128xf32>, %w2: tensor<128x10xf32>, %b2: tensor<10xf32>,
                            %x: tensor<297x64xf32>, %labels: tensor<297xf32>) -> tensor<f32> {
  %xd = tensor.cast %x : tensor<297x64xf32> to tensor<?x64xf32>
  %sd = func.call @forward(%w1, %b1, %w2, %b2, %xd)
      : (tensor<64x128xf32>, tensor<128xf32>, tensor<128x10xf32>, tensor<10xf32>, tensor<?x64xf32>) -> tensor<?x10xf32>
  %scores = tensor.cast %sd : tensor<?x10xf32> to tensor<297x10xf32>
  %ld = tensor.cast %labels : tensor<297xf32> to tensor<?xf32>
  %hd = func.call @one_hot(%ld) : (tensor<?xf32>) -> tensor<?x10xi1>
  %hot = tensor.cast %hd : tensor<?x10xi1> to tensor<297x10xi1>
  %max = nd.max %scores axes = [1] : tensor<297x10xf32> -> tensor<297xf32>
  %zero = nd.constant dense<0.0> : tensor<297x10xf32>
  %picked = nd.where %hot, %scores, %zero : tensor<297x10xi1>, tensor<297x10xf32>
  %own = nd.sum %picked axes = [1] : tensor<297x10xf32> -> tensor<297xf32>
  %right = nd.equal %own, %max : tensor<297xf32>
  %ones = nd.cast %right : tensor<297xi1> -> tensor<297xf32>
  %count = nd.sum %ones axes = [0] : tensor<297xf32> -> tensor<f32>
  %n = nd.constant dense<297.0> : tensor<f32>
  %share = nd.divide %count, %n : tensor<f32>
  return %share : tensor<f32>
}

// Numbers in (-1, 1) that look random: the position hashed with integer products that wrap around, then scaled.
func.func private @noise(%n: index) -> tensor<?xf32> {
  %a = nd.constant dense<1664525> : tensor<i32>
  %ab = nd.broadcast_to %a(%n) : tensor<i32> -> tensor<?xi32>
  %c = nd.constant dense<1013904223> : tensor<i32>
  %cb = nd.broadcast_to %c(%n) : tensor<i32> -> tensor<?xi32>
  %i = nd.iota(%n) axis = 0 : tensor<?xi32>
  %h1 = nd.multiply %i, %ab : tensor<?xi32>
  %h2 = nd.add %h1, %cb : tensor<?xi32>
  %h3 = nd.multiply %h2, %h2 : tensor<?xi32>
  %h4 = nd.multiply %h3, %ab : tensor<?xi32>
  %h5 = nd.add %h4, %cb : tensor<?xi32>
  %f = nd.cast %h5 : tensor<?xi32> -> tensor<?xf32>
  %scale = nd.constant dense<2147483648.0> : tensor<f32>
  %sb = nd.broadcast_to %scale(%n) : tensor<f32> -> tensor<?xf32>
  %r = nd.divide %f, %sb : tensor<?xf32>
  return %r : tensor<?xf32>
}

func.func @main(%images: tensor<1797x64xui8>, %labels: tensor<1797xui8>) -> (tensor<30xf32>, tensor<30xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %batch = arith.constant 50 : index
  %train = arith.constant 1500 : index
  %epochs = arith.constant 30 : index

  // Pixels as numbers from 0 to 1.
  %raw = nd.cast %images : tensor<1797x64xui8> -> tensor<1797x64xf32>
  %sixteen = nd.constant dense<16.0> : tensor<f32>
  %scale = nd.broadcast_to %sixteen : tensor<f32> -> tensor<1797x64xf32>
  %x = nd.divide %raw, %scale : tensor<1797x64xf32>
  %y = nd.cast %labels : tensor<1797xui8> -> tensor<1797xf32>
  %test_x = nd.slice %x [1500:1797, 0:64] : tensor<1797x64xf32> -> tensor<297x64xf32>
  %test_y = nd.slice %y [1500:1797] : tensor<1797xf32> -> tensor<297xf32>

  // Weights of the order of 1 / sqrt(inputs), biases of zero.
  %c8192 = arith.constant 8192 : index
  %c1280 = arith.constant 1280 : index
  %noise1 = func.call @noise(%c8192) : (index) -> tensor<?xf32>
  %noise2 = func.call @noise(%c1280) : (index) -> tensor<?xf32>
  %unit1 = nd.reshape %noise1 : tensor<?xf32> -> tensor<64x128xf32>
  %unit2 = nd.reshape %noise2 : tensor<?xf32> -> tensor<128x10xf32>
  %eighth = nd.constant dense<0.125> : tensor<64x128xf32>
  %eleventh = nd.constant dense<0.0884> : tensor<128x10xf32>
  %w1 = nd.multiply %unit1, %eighth : tensor<64x128xf32>
  %w2 = nd.multiply %unit2, %eleventh : tensor<128x10xf32>
  %b1 = nd.constant dense<0.0> : tensor<128xf32>
  %b2 = nd.constant dense<0.0> : tensor<10xf32>

  %none = nd.constant dense<0.0> : tensor<30xf32>
  %r:6 = scf.for %epoch = %c0 to %epochs step %c1
      iter_args(%p1 = %w1, %p2 = %b1, %p3 = %w2, %p4 = %b2, %losses = %none, %accuracies = %none)
      -> (tensor<64x128xf32>, tensor<128xf32>, tensor<128x10xf32>, tensor<10xf32>, tensor<30xf32>, tensor<30xf32>) {
    %zero = nd.constant dense<0.0> : tensor<f32>
    %e:5 = scf.for %i = %c0 to %train step %batch
        iter_args(%q1 = %p1, %q2 = %p2, %q3 = %p3, %q4 = %p4, %sum = %zero)
        -> (tensor<64x128xf32>, tensor<128xf32>, tensor<128x10xf32>, tensor<10xf32>, tensor<f32>) {
      %bx = nd.dynamic_slice %x[%i, %c0] : tensor<1797x64xf32> -> tensor<50x64xf32>
      %by = nd.dynamic_slice %y[%i] : tensor<1797xf32> -> tensor<50xf32>
      %s:5 = func.call @step(%q1, %q2, %q3, %q4, %bx, %by)
          : (tensor<64x128xf32>, tensor<128xf32>, tensor<128x10xf32>, tensor<10xf32>, tensor<50x64xf32>, tensor<50xf32>)
          -> (tensor<64x128xf32>, tensor<128xf32>, tensor<128x10xf32>, tensor<10xf32>, tensor<f32>)
      %more = nd.add %sum, %s#4 : tensor<f32>
      scf.yield %s#0, %s#1, %s#2, %s#3, %more
          : tensor<64x128xf32>, tensor<128xf32>, tensor<128x10xf32>, tensor<10xf32>, tensor<f32>
    }
    %steps = nd.constant dense<30.0> : tensor<f32>
    %loss = nd.divide %e#4, %steps : tensor<f32>
    %accuracy = func.call @accuracy(%e#0, %e#1, %e#2, %e#3, %test_x, %test_y)
        : (tensor<64x128xf32>, tensor<128xf32>, tensor<128x10xf32>, tensor<10xf32>, tensor<297x64xf32>, tensor<297xf32>)
        -> tensor<f32>
    %l = tensor.extract %loss[] : tensor<f32>
    %a = tensor.extract %accuracy[] : tensor<f32>
    nd.print "epoch {}: loss {}, test accuracy {}"(%epoch, %l, %a) : index, f32, f32
    %l1 = nd.reshape %loss : tensor<f32> -> tensor<1xf32>
    %a1 = nd.reshape %accuracy : tensor<f32> -> tensor<1xf32>
    %nl = nd.dynamic_update_slice %losses, %l1[%epoch] : tensor<30xf32>, tensor<1xf32>
    %na = nd.dynamic_update_slice %accuracies, %a1[%epoch] : tensor<30xf32>, tensor<1xf32>
    scf.yield %e#0, %e#1, %e#2, %e#3, %nl, %na
        : tensor<64x128xf32>, tensor<128xf32>, tensor<128x10xf32>, tensor<10xf32>, tensor<30xf32>, tensor<30xf32>
  }
  return %r#4, %r#5 : tensor<30xf32>, tensor<30xf32>
}
