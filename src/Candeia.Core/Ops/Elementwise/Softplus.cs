namespace Candeia;

public static partial class TensorOps
{
    /// <summary>log(1 + e^(βx)) / β, without overflow, element by element.</summary>
    public static Tensor Softplus(this Tensor x, double beta = 1)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Maximum(0) + (-(x.Abs() * beta)).Exp().Log1p() / beta;
    }
}
