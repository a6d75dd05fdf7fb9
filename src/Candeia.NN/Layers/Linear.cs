namespace Candeia.NN;

/// <summary>x·Wᵀ + b along the last dimension: […, in] → […, out].</summary>
public class Linear : Layer
{
    Tensor _weight;

    /// <param name="inFeatures">How many numbers each input has: the size of its last dimension.</param>
    /// <param name="outFeatures">How many numbers each output has.</param>
    /// <param name="bias">Whether a learnt number is added to each output.</param>
    /// <param name="generator">Where initial values come from: uniform on ±1/√inFeatures.</param>
    public Linear(int inFeatures, int outFeatures, bool bias = true, Generator? generator = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inFeatures);
        ArgumentOutOfRangeException.ThrowIfNegative(outFeatures);
        _weight = Parameter.Of(Tensor.Empty([outFeatures, inFeatures]));
        Bias = bias ? Parameter.Of(Tensor.Empty([outFeatures])) : null;
        Init.Default(_weight, Bias, generator);
    }

    /// <summary>One whose weight is kept otherwise.</summary>
    private protected Linear(Tensor? bias) => (_weight, Bias) = (null!, bias);

    /// <summary>W, [out, in].</summary>
    public virtual Tensor Weight { get => _weight; set => _weight = value; }

    /// <summary>b, [out].</summary>
    public Tensor? Bias { get; set; }

    /// <inheritdoc/>
    protected internal override string Details => $"{Weight.Shape[1]}→{Weight.Shape[0]}{Words.Bias(Bias)}";

    /// <summary>[…, in] → […, out].</summary>
    public override Tensor Forward(Tensor x) => x.Linear(Weight, Bias);
}
