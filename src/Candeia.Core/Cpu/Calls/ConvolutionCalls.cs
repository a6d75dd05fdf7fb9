using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Convolution on the CPU: tensors in the order in memory that the kernels need.</summary>
internal static unsafe class ConvolutionCalls
{
    /// <summary>
    /// y = x ∗ weight + bias + what is added, and then what the tail says; the mask gets the bits that the gradient of a pooled convolution needs.
    /// </summary>
    public static void Forward(
        ConvGeometry geometry, Tensor x, Tensor weight, Tensor? bias, Tensor y, Tail tail, Tensor? mask = null, Tensor? added = null)
    {
        if (y.Numel > 0) Numbers.RunFloat(y.DType, new ForwardCall(geometry, x.ChannelsLast(), weight.Contiguous(), bias?.Contiguous(), y, tail,
            mask, added?.ChannelsLast()));
    }

    /// <summary>The same with a normalization by running moments after the convolution, which scales the weights as they are packed.</summary>
    /// <param name="geometry">How the window moves.</param>
    /// <param name="x">The images.</param>
    /// <param name="weight">The weight of the convolution.</param>
    /// <param name="bias">Its bias, if any.</param>
    /// <param name="norm">Mean, variance and, if there are, weight and bias of the normalization.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="y">The result.</param>
    /// <param name="tail">What follows.</param>
    /// <param name="added">What is added before that, if anything.</param>
    public static void ForwardNormalized(
        ConvGeometry geometry, Tensor x, Tensor weight, Tensor? bias, ReadOnlySpan<Tensor> norm, double epsilon, Tensor y, Tail tail, Tensor? added)
    {
        if (y.Numel == 0) return;
        Numbers.RunFloat(y.DType, new NormalizedCall(geometry, x.ChannelsLast(), weight.Contiguous(), bias?.Contiguous(), y, tail, added?.ChannelsLast(), epsilon,
            norm[0].Contiguous(), norm[1].Contiguous(), norm.Length > 2 ? norm[2].Contiguous() : null,
                norm.Length > 2 ? norm[3].Contiguous() : null));
    }

    /// <summary>Those gradients that have a place; x is read only for that of the weight, and the weight only for that of x.</summary>
    public static void Gradients(
        ConvGeometry geometry, Tensor grad, Shape xShape, Tensor? x, Shape weightShape, Tensor? weight, Tensor? dx, Tensor? dw, Tensor? db,
        Tensor? relu = null, ConvPool pool = ConvPool.None, Tensor? mask = null) => Numbers.RunFloat(grad.DType, new BackwardCall(
            geometry, xShape, weightShape, grad.ChannelsLast(), dw is null ? null : x!.ChannelsLast(), dx is null ? null : weight!.Contiguous(), dx,
                dw, db,
            relu?.ChannelsLast(), pool, mask?.Contiguous()));

    readonly struct ForwardCall(ConvGeometry geometry, Tensor x, Tensor weight, Tensor? bias, Tensor y, Tail tail, Tensor? mask, Tensor? added) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var p = Pins.Of(x, weight, bias, y, mask, added);
            Convolution.Forward(geometry.On(x.Shape, weight.Shape), p.At<T>(0), p.At<T>(1), p.At<T>(2), p.At<T>(3), tail, p.At<byte>(4), null, new(weight), p.At<T>(5));
        }
    }

    readonly struct NormalizedCall(
        ConvGeometry geometry, Tensor x, Tensor weight, Tensor? bias, Tensor y, Tail tail, Tensor? added,
        double epsilon, Tensor mean, Tensor variance, Tensor? normWeight, Tensor? normBias) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            int channels = y.Shape[1];
            using var p = Pins.Of(x, weight, bias, y, mean, variance, normWeight, normBias, added);
            using var scratch = Scratch.Rent(2 * channels * sizeof(T));
            T* scale = (T*)scratch.Pointer, shift = scale + channels, own = p.At<T>(2), means = p.At<T>(4), after = p.At<T>(7);
            BatchNormCalls.Scale(p.At<T>(5), p.At<T>(6), scale, channels, epsilon);
            for (int i = 0; i < channels; i++)                               // the convolution's bias, the mean and the normalization's bias are one
                shift[i] = (after == null ? T.Zero : after[i]) + ((own == null ? T.Zero : own[i]) - means[i]) * scale[i];
            Convolution.Forward(geometry.On(x.Shape, weight.Shape), p.At<T>(0), p.At<T>(1), shift, p.At<T>(3), tail, null, scale,
                new(weight, variance, normWeight, epsilon), p.At<T>(8));
        }
    }

    readonly struct BackwardCall(
        ConvGeometry geometry, Shape xShape, Shape weightShape, Tensor grad, Tensor? x, Tensor? weight, Tensor? dx, Tensor? dw, Tensor? db,
        Tensor? relu, ConvPool pool, Tensor? mask) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var p = Pins.Of(x, weight, grad, dx, dw, db, relu, mask);
            if (grad.Numel > 0)
                Convolution.Backward(geometry.On(xShape, weightShape), p.At<T>(0), p.At<T>(1), p.At<T>(2), p.At<T>(3), p.At<T>(4), p.At<T>(5),
                    p.At<T>(6), pool, p.At<byte>(7));
            else                                                             // sums of nothing
            {
                if (dx is not null) new Span<T>(p.At<T>(3), checked((int)dx.Numel)).Clear();
                if (dw is not null) new Span<T>(p.At<T>(4), checked((int)dw.Numel)).Clear();
                if (db is not null) new Span<T>(p.At<T>(5), checked((int)db.Numel)).Clear();
            }
        }
    }
}
