namespace Candeia.Kernels;

/// <summary>A function of one number, written for registers.</summary>
internal interface IMap
{
    V Apply<V>(V x) where V : unmanaged, ISimd<V>;
}

/// <summary>A function of two numbers.</summary>
internal interface IMap2
{
    V Apply<V>(V x, V y) where V : unmanaged, ISimd<V>;
}

/// <summary>A function of three numbers.</summary>
internal interface IMap3
{
    V Apply<V>(V x, V y, V z) where V : unmanaged, ISimd<V>;
}
