namespace Candeia.Kernels;

/// <summary>One of Winograd's matrices, times a vector of registers that lie <c>step</c> bytes apart.</summary>
internal unsafe interface ILineTransform<V> where V : unmanaged, ISimd<V>
{
    static abstract int From { get; }
    static abstract int To { get; }
    static abstract void Apply(byte* from, nint step, byte* to, nint toStep);
}
