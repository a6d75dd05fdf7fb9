namespace Candeia.Kernels;

/// <summary>
/// Matrices of numbers with any strides, one for each head: where each begins, and how far it is to the next row and the next number in a row, in bytes.
/// </summary>
internal readonly unsafe struct Heads(byte* at, nint* offsets, nint row, nint step)
{
    public readonly nint Row = row, Step = step;

    public bool Exist => at != null;

    public byte* this[nint head] => at + offsets[head];
}
