namespace Candeia.Kernels;

/// <summary>The smallest tile of a convolution: one pixel against two registers of channels.</summary>
internal interface IPixel<V> : ITile<V> where V : unmanaged, ISimd<V>
{
    V Low { get; }
    V High { get; }
}
