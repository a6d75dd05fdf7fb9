using System.Diagnostics.CodeAnalysis;

namespace Candeia.Gpu;

/// <summary>Memory of a graphics processor. It goes back to the pool at once, for the queue is in order: whoever gets it next comes later.</summary>
internal sealed class GpuStorage(GpuDevice device, long bytes) : Storage(device, bytes)
{
    long _memory = device.Blocks.Rent(bytes).Number;

    /// <summary>What the driver calls it.</summary>
    public Handle Memory => Handle.Of(_memory);

    /// <summary>The call that has seen this memory last, and as which operand, in one number: how a call knows operands that lie in the same memory.</summary>
    public long Seen { get; set; }

    /// <summary>Whether ops that wait read or write it.</summary>
    public bool IsChained { get; set; }

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
        if (Interlocked.Exchange(ref _memory, 0) is not (var memory and not 0)) return;
        var device = (GpuDevice)Device;
        if (!(IsChained && device.Keeps(this, Handle.Of(memory)))) device.Blocks.Return(Handle.Of(memory), Bytes);
    }
}
