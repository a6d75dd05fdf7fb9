namespace Candeia.Kernels;

/// <summary>Accumulators that live in registers: some rows of A against two registers of B.</summary>
internal unsafe interface ITile<V> where V : unmanaged, ISimd<V>
{
    static abstract int Rows { get; }     // of A
    static abstract int Outputs { get; }  // rows of C
    void Add(byte* a, nint row, nint line, V b0, V b1);
    void Store<E>(byte* c, nint row, E epilogue) where E : struct, IEpilogue<V>;
}
