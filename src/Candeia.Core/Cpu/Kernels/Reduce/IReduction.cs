namespace Candeia.Kernels;

/// <summary>How many numbers become one. Blocks are joined in double precision.</summary>
internal interface IReduction
{
    static abstract double Start { get; }
    static abstract V Step<V>(V so, V x) where V : unmanaged, ISimd<V>;
    static abstract double Across<V>(V so) where V : unmanaged, ISimd<V>;
    static abstract double Join(double a, double b);
}
