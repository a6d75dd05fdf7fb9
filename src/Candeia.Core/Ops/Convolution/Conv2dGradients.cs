using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>The gradients of a convolution's inputs together: the gradient of the output is read, unpooled and masked once for all of them.</summary>
internal static class Conv2dGradients
{
    /// <summary>The gradients that are needed of x, weight and bias. Without history, so never differentiated.</summary>
    /// <param name="geometry">How the window moves.</param>
    /// <param name="node">Where the inputs are.</param>
    /// <param name="grad">The gradient of the output, after ReLU and pooling if they were done in the same pass.</param>
    /// <param name="relu">The output after ReLU, if there was one and no pooling.</param>
    /// <param name="pool">The pooling that was done in the same pass.</param>
    /// <param name="mask">What the pooled forward pass saved.</param>
    public static Tensor?[] OnePass(ConvGeometry geometry, Node node, Tensor grad, Tensor? relu = null, ConvPool pool = ConvPool.None, Tensor? mask = null)
    {
        Tensor x = node.Inputs[0], weight = node.Inputs[1];
        var dx = node.Needs(0) ? x.Device.Empty(x.Layout.LastChannels(), x.DType) : null;
        var dw = node.Needs(1) ? x.Device.Empty(weight.Layout.RowMajor(), weight.DType) : null;
        var db = node.Inputs.Length > 2 && node.Needs(2) ? x.Device.Empty(node.Inputs[2].Layout.RowMajor(), weight.DType) : null;
        if (grad.DType == DType.Float32) Run<float>(geometry, x, weight, grad, dx, dw, db, relu, pool, mask);
        else Run<double>(geometry, x, weight, grad, dx, dw, db, relu, pool, mask);
        return node.Inputs.Length > 2 ? [dx, dw, db] : [dx, dw];
    }

    /// <summary>Computes those gradients that have a place.</summary>
    public static unsafe void Run<T>(ConvGeometry geometry, Tensor x, Tensor weight, Tensor grad, Tensor? dx, Tensor? dw, Tensor? db, Tensor? relu = null, ConvPool pool = ConvPool.None, Tensor? mask = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (grad.Numel == 0)
        {
            dx?.Fill(0);
            dw?.Fill(0);
            db?.Fill(0);
            return;
        }
        var shape = geometry.On(x.Shape, weight.Shape);
        var input = dw is null ? null : x.ChannelsLast();
        var weights = dx is null ? null : weight.Contiguous();
        grad = grad.ChannelsLast();
        Convolution.Backward(shape, At<T>(input), At<T>(weights), grad.Pointer<T>(), At<T>(dx), At<T>(dw), At<T>(db), At<T>(relu), pool, At<byte>(mask));
        GC.KeepAlive(input);
        GC.KeepAlive(weights);
        GC.KeepAlive(grad);
        GC.KeepAlive(relu);
        GC.KeepAlive(mask);
    }

    static unsafe T* At<T>(Tensor? x) where T : unmanaged => x is null ? null : x.Pointer<T>();
}
