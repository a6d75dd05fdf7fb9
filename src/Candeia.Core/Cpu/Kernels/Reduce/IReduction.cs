namespace Candeia.Kernels;

/// <summary>How many numbers become one. Blocks are joined in double precision.</summary>
internal interface IReduction
{
    /// <summary>Whether it is distances from a number of each row that become one.</summary>
    static virtual bool Around => false;

    static abstract double Start { get; }
    static abstract V Step<V>(V so, V x) where V : unmanaged, ISimd<V>;
    static abstract V Merge<V>(V a, V b) where V : unmanaged, ISimd<V>;     // of what two chains have come to
    static abstract double Across<V>(V so) where V : unmanaged, ISimd<V>;
    static abstract double Join(double a, double b);
}
