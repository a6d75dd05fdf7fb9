namespace Candeia.Kernels;

/// <summary>Accumulators for the scalar products of some rows of A with four of B; a register runs along K.</summary>
internal unsafe interface IDotTile<V> where V : unmanaged, ISimd<V>
{
    static abstract int Rows { get; }
    void Add(byte* a, nint row, V b0, V b1, V b2, V b3);
    void AddPart(byte* a, nint row, int count, V b0, V b1, V b2, V b3);
    void Store(byte* to, nint row);
}
