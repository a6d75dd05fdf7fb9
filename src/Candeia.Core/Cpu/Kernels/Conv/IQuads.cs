namespace Candeia.Kernels;

/// <summary>
/// Some 2×2 pixels side by side, each of which leaves as one, with four bits per channel that say which of the four take part in the gradient.
/// </summary>
internal unsafe interface IQuads<V> where V : unmanaged, ISimd<V>
{
    static abstract int Count { get; }
    void Add(byte* a, nint row, nint down, V b0, V b1);
    void Store<E>(byte* c, nint row, byte* mask, nint maskRow, E epilogue) where E : struct, IPooling<V>;
}
