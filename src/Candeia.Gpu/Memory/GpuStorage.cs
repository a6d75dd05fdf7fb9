using System.Diagnostics.CodeAnalysis;

namespace Candeia.Gpu;

/// <summary>Memory of a graphics processor. It goes back to the pool at once, for the queue is in order: whoever gets it next comes later.</summary>
internal sealed class GpuStorage(GpuDevice device, long bytes) : Storage(device, bytes)
{
    readonly Blocks _blocks = device.Blocks;
    readonly object _lock = new();
    Handle _memory = device.Blocks.Rent(bytes);

    /// <summary>What the driver calls it.</summary>
    public Handle Memory => _memory;

    /// <summary>Gives it back before anyone else has seen it: scratch memory of a kernel.</summary>
    [SuppressMessage("Usage", "CA1816", Justification = "This is the end of scratch memory, which nobody else has seen.")]
    public void GiveBack()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void Free()
    {
        if (_lock is null) return;                                           // the constructor has thrown
        lock (_lock)
        {
            if (!_memory.IsNone) _blocks.Return(_memory, Bytes);
            _memory = default;
        }
    }
}
