namespace Candeia.Kernels;

/// <summary>Numbers that are made while they are added up.</summary>
internal unsafe interface IRowSource
{
    /// <summary>Some of them, counted as if they lay in memory: in the buffer, or where they are.</summary>
    byte* Take(nint from, nint count, byte* buffer);
}
