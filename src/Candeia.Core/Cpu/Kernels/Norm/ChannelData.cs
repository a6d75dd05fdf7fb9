namespace Candeia.Kernels;

/// <summary>
/// Matrices of one shape [rows, channels], and for each channel the numbers that normalize it: (x − mean)·scale + shift. What is not needed is null.
/// </summary>
internal readonly unsafe struct ChannelData(byte* x, byte* gradient, byte* mean, byte* scale, byte* shift, Tail tail)
{
    public readonly byte* X = x, Gradient = gradient, Mean = mean, Scale = scale, Shift = shift;
    public readonly Tail Tail = tail;

    public ChannelData Move(nint bytes, nint numbers) => new(
        X + bytes, Gradient == null ? null : Gradient + bytes, Mean == null ? null : Mean + numbers, Scale == null ? null : Scale + numbers,
        Shift == null ? null : Shift + numbers, Tail);
}
