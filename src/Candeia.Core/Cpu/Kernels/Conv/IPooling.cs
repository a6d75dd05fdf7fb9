namespace Candeia.Kernels;

/// <summary>
/// What becomes of the four sums of a 2×2, and a bit for each that says whether its gradient is the pooled one's (times a factor) or zero.
/// </summary>
internal interface IPooling<V> where V : unmanaged, ISimd<V>
{
    V Pool(V p, V q, V r, V s, int column, out uint bitsP, out uint bitsQ, out uint bitsR, out uint bitsS);
}
