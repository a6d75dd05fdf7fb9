using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// (x − mean) / √(variance + ε) for each channel of [n, c, …], times a weight plus a bias. Inputs: x, mean [c], variance [c] and, if there are,
/// weight [c] and bias [c].
/// The result is channels-last in memory.
/// </summary>
/// <param name="Epsilon">Added to the variance.</param>
/// <param name="OfBatch">Whether the moments are those of x itself, so that its gradient goes through them too.</param>
public sealed record BatchNormOp(double Epsilon, bool OfBatch) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>In two passes over memory where nobody differentiates it again; else by operations that have derivatives themselves.</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        if (MayUseKernels(grad))
            return grad.DType == DType.Float32 ? Gradients<float>(node, grad) : Gradients<double>(node, grad);
        var x = node.Inputs[0];
        int[] others = [.. Enumerable.Range(0, x.Rank).Where(d => d != 1)];
        Shape channel = [.. x.Shape.Select((size, d) => d == 1 ? size : 1)];
        var centred = x - (OfBatch ? x.Mean(others, keepDim: true) : node.Inputs[1].Reshape(channel));
        var scale = ((OfBatch ? centred.Square().Mean(others, keepDim: true) : node.Inputs[2].Reshape(channel)) + Epsilon).Rsqrt();
        var y = centred * scale;
        var g = node.Inputs.Length > 3 ? grad * node.Inputs[3].Reshape(channel) : grad;
        var dx = OfBatch ? scale * (g - g.Mean(others, keepDim: true) - y * (g * y).Mean(others, keepDim: true)) : scale * g;
        return node.Inputs.Length > 3 ? [dx, null, null, (grad * y).Sum(others), grad.Sum(others)] : [dx, null, null];
    }

    /// <summary>Applies the op; weight and bias come together or not at all.</summary>
    public Tensor Apply(Tensor x, Tensor mean, Tensor variance, Tensor? weight = null, Tensor? bias = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(variance);
        var layout = x.Rank > 2 ? Layout.ChannelsLast(x.Shape) : Layout.Of(x.Shape);
        return weight is null || bias is null ? Run(layout, x.DType, x, mean, variance) : Run(layout, x.DType, x, mean, variance, weight, bias);
    }

    /// <summary>The tensor such that its memory is a matrix [rows, channels].</summary>
    internal static Tensor Rows(Tensor x) => x.Rank > 2 ? x.ChannelsLast() : x.Contiguous();

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        if (y.DType == DType.Float32) Compute<float>(x, y);
        else Compute<double>(x, y);
    }

    unsafe void Compute<T>(ReadOnlySpan<Tensor> x, Tensor y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var rows = Rows(x[0]);
        int channels = y.Shape[1];
        T[] mean = x[1].ToArray<T>(), scale = Scale<T>(x[1..]), shift = x.Length > 3 ? x[4].ToArray<T>() : new T[channels];
        fixed (T* m = mean, s = scale, b = shift) ChannelNorm.Normalize(rows.Pointer<T>(), m, s, b, y.Pointer<T>(), (nint)(y.Numel / Math.Max(1, channels)), channels);
        GC.KeepAlive(rows);
    }

    unsafe Tensor?[] Gradients<T>(Node node, Tensor grad) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor x = Rows(node.Inputs[0]), g = Rows(grad);
        int channels = x.Shape[1];
        nint count = (nint)(x.Numel / Math.Max(1, channels));
        T[] mean = node.Inputs[1].ToArray<T>();
        double[] factor = Factor<T>(node.Inputs[2]);
        T[] sum = new T[channels], product = new T[channels];
        fixed (T* m = mean, s = sum, p = product) ChannelNorm.Sums(g.Pointer<T>(), x.Pointer<T>(), m, s, p, count, channels);

        bool affine = node.Inputs.Length > 3;
        Tensor? dx = null, dw = affine && node.Needs(3) ? Tensor.From([.. product.Select((v, i) => T.CreateTruncating(double.CreateTruncating(v) * factor[i]))]) : null;
        if (node.Needs(0))
        {
            dx = x.Device.Empty(x.Layout.Dense(), x.DType);
            T[]? weight = affine ? node.Inputs[3].ToArray<T>() : null;
            T[] a = new T[channels], b = new T[channels], c = new T[channels];
            for (int i = 0; i < channels; i++)
            {
                double scale = factor[i] * (weight is null ? 1 : double.CreateTruncating(weight[i]));
                a[i] = T.CreateTruncating(scale);
                if (!OfBatch) continue;
                b[i] = T.CreateTruncating(-scale * factor[i] * factor[i] * double.CreateTruncating(product[i]) / count);
                c[i] = T.CreateTruncating(-scale * double.CreateTruncating(sum[i]) / count);
            }
            fixed (T* m = mean, pa = a, pb = b, pc = c) ChannelNorm.Gradient(g.Pointer<T>(), x.Pointer<T>(), m, pa, pb, pc, dx.Pointer<T>(), count, channels);
        }
        GC.KeepAlive(x);
        GC.KeepAlive(g);
        return affine ? [dx, null, null, dw, node.Needs(4) ? Tensor.From(sum) : null] : [dx, null, null];
    }

    /// <summary>1 / √(variance + ε).</summary>
    double[] Factor<T>(Tensor variance) where T : unmanaged, IFloatingPointIeee754<T> =>
        Array.ConvertAll(variance.ToArray<T>(), v => 1 / Math.Sqrt(double.CreateTruncating(v) + Epsilon));

    /// <summary>What x − mean is multiplied by. Inputs: mean, variance and, if there are, weight and bias.</summary>
    internal T[] Scale<T>(ReadOnlySpan<Tensor> inputs) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] factor = Factor<T>(inputs[1]);
        T[]? weight = inputs.Length > 2 ? inputs[2].ToArray<T>() : null;
        var scale = new T[factor.Length];
        for (int i = 0; i < scale.Length; i++) scale[i] = T.CreateTruncating(factor[i] * (weight is null ? 1 : double.CreateTruncating(weight[i])));
        return scale;
    }
}

public static partial class TensorOps
{
    /// <summary>
    /// Each channel of [n, c, …] with mean 0 and variance 1, then scaled and shifted: by the batch's own moments in training, by running ones
    /// otherwise
    /// (<see href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy 2015</see>).
    /// </summary>
    /// <param name="x">[n, c, …] of two to five dimensions.</param>
    /// <param name="runningMean">The running means [c], moved in training; may be absent then.</param>
    /// <param name="runningVar">The running variances [c], moved in training by the unbiased one.</param>
    /// <param name="training">Whether the batch's own moments count.</param>
    /// <param name="weight">The scale of each channel [c].</param>
    /// <param name="bias">The shift of each channel [c].</param>
    /// <param name="momentum">The weight of this batch in the running moments.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <exception cref="ShapeException">In training, a channel has one value only; or the numbers are not one per channel.</exception>
    public static Tensor BatchNorm(
        this Tensor x, Tensor? runningMean, Tensor? runningVar, bool training, Tensor? weight = null, Tensor? bias = null, double momentum = 0.1, double epsilon = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank is < 2 or > 5) throw new ShapeException($"BatchNorm takes [n, c, …] of two to five dimensions, not {x.Shape}.");
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"BatchNorm takes floating-point numbers, not {x.DType}.");
        foreach (var each in new[] { runningMean, runningVar, weight, bias })
            if (each is not null && (each.Shape != [x.Shape[1]] || each.DType != x.DType))
                throw new ShapeException(
                    $"BatchNorm of {x.DType} {x.Shape} needs {x.DType} [{x.Shape[1]}], a number per channel, not {each.DType} {each.Shape}.");
        if (runningMean is null != runningVar is null || weight is null != bias is null)
            throw new ArgumentException("Running mean and variance come together, and so do weight and bias.");
        var op = new BatchNormOp(epsilon, training);
        if (!training)
        {
            if (runningMean is null || runningVar is null) throw new ArgumentException("BatchNorm in evaluation needs running moments.");
            return op.Apply(x, runningMean, runningVar, weight, bias);
        }
        long count = x.Numel / Math.Max(1, x.Shape[1]);
        if (count < 2) throw new ShapeException($"BatchNorm needs more than one value per channel in training, and {x.Shape} has {count}.");
        var moments = new ChannelMomentsOp().Apply(x);
        Tensor mean = moments.Select(0, 0), variance = moments.Select(0, 1);
        if (runningMean is not null && runningVar is not null)
        {
            using var noGrad = Autograd.NoGrad();
            runningMean.CopyFrom(runningMean * (1 - momentum) + mean * momentum);
            runningVar.CopyFrom(runningVar * (1 - momentum) + variance * (momentum * count / (count - 1)));
        }
        return op.Apply(x, mean, variance, weight, bias);
    }
}
