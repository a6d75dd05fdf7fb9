namespace Candeia;

public static partial class TensorOps
{
    /// <summary>eˣ / Σ eˣ along a dimension: positive numbers whose sum is 1.</summary>
    public static Tensor Softmax(this Tensor x, int dim) => x.LogSoftmax(dim).Exp();

    /// <summary>The logarithm of the softmax, without overflow.</summary>
    public static Tensor LogSoftmax(this Tensor x, int dim)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!x.DType.IsFloatingPoint()) x = x.To(DType.Float32);
        x -= x.Detach().Amax([dim], keepDim: true);                         // first, so that large numbers lose nothing
        return x - x.Exp().Sum([dim], keepDim: true).Log();
    }
}
