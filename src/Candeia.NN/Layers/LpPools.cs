namespace Candeia.NN;

/// <summary>(Σ xᵖ)^(1/p) over a window moved over signals [n, c, l].</summary>
/// <param name="p">The exponent.</param>
/// <param name="kernelSize">How many elements the window spans of which an output is made; 2 halves the size.</param>
/// <param name="stride">How far it moves; its size, unless given.</param>
/// <param name="ceilMode">Whether a window may reach over the end.</param>
public sealed class LPPool1d(double p, int kernelSize, int? stride = null, bool ceilMode = false) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details => $"{p} {kernelSize}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.LpPool1d(p, kernelSize, stride, ceilMode);
}

/// <summary>(Σ xᵖ)^(1/p) over a window moved over images [n, c, h, w].</summary>
/// <param name="p">The exponent.</param>
/// <param name="kernelSize">How many elements the window spans of which an output is made; 2 halves the size.</param>
/// <param name="stride">How far it moves; its size, unless given.</param>
/// <param name="ceilMode">Whether a window may reach over the end.</param>
public sealed class LPPool2d(double p, Size2d kernelSize, Size2d? stride = null, bool ceilMode = false) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details => $"{p} {kernelSize}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.LpPool2d(p, kernelSize, stride, ceilMode);
}

/// <summary>(Σ xᵖ)^(1/p) over a window moved over volumes [n, c, d, h, w].</summary>
/// <param name="p">The exponent.</param>
/// <param name="kernelSize">How many elements the window spans of which an output is made; 2 halves the size.</param>
/// <param name="stride">How far it moves; its size, unless given.</param>
/// <param name="ceilMode">Whether a window may reach over the end.</param>
public sealed class LPPool3d(double p, Size3d kernelSize, Size3d? stride = null, bool ceilMode = false) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details => $"{p} {kernelSize}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.LpPool3d(p, kernelSize, stride, ceilMode);
}
