namespace Candeia.Kernels;

/// <summary>What happens to a finished sum on its way from the register to its place in C.</summary>
internal unsafe interface IEpilogue<V> { V Apply(V sum, byte* c, int column); }
