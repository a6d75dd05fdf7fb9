namespace Candeia;

/// <summary>
/// Devices of several processes, one of each, that give each other what lies in their memory, and no host copies it. All processes call the same methods
/// in the same order. What is asked for happens in the order of the device's calls, and need not have finished when a method returns.
/// </summary>
public abstract class DevicePeers : IDisposable
{
    /// <summary>Sends each device a part of its own, and gets one of each.</summary>
    /// <param name="send">A part for every device, one after the other, all of the same size; without gaps, in this device's memory.</param>
    /// <param name="receive">As long; gets the parts that the devices have for this one.</param>
    /// <exception cref="ArgumentException">They are not of the same size and type, or not without gaps.</exception>
    public void AllToAll(Tensor send, Tensor receive)
    {
        ArgumentNullException.ThrowIfNull(send);
        ArgumentNullException.ThrowIfNull(receive);
        Check(send, receive, 1);
        using var held = Held.Of(send.Storage, receive.Storage);
        receive.BeginWrite();
        Exchange(Operand.Of(send), Operand.Of(receive));
    }

    /// <summary>Gives all devices what each has, one after the other.</summary>
    /// <param name="mine">As many elements on every device; without gaps, in this device's memory.</param>
    /// <param name="all">Gets them: as many times more as there are devices.</param>
    /// <exception cref="ArgumentException">They are not of the same type, or not without gaps.</exception>
    public void AllGather(Tensor mine, Tensor all)
    {
        ArgumentNullException.ThrowIfNull(mine);
        ArgumentNullException.ThrowIfNull(all);
        Check(mine, all, Size);
        using var held = Held.Of(mine.Storage, all.Storage);
        all.BeginWrite();
        Gather(Operand.Of(mine), Operand.Of(all));
    }

    /// <summary>How many devices there are.</summary>
    public abstract int Size { get; }

    /// <summary>Does <see cref="AllToAll"/>.</summary>
    protected abstract void Exchange(Operand send, Operand receive);

    /// <summary>Does <see cref="AllGather"/>.</summary>
    protected abstract void Gather(Operand mine, Operand all);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Leaves the others.</summary>
    /// <param name="disposing">Whether somebody has asked for it.</param>
    protected abstract void Dispose(bool disposing);

    static void Check(Tensor from, Tensor to, int times)
    {
        if (from.DType != to.DType || from.Device != to.Device || from.Numel * times != to.Numel || !from.Layout.IsContiguous || !to.Layout.IsContiguous)
            throw new ArgumentException($"Devices give each other rows without gaps of one type: not {from.Shape} of {from.DType} on {from.Device} for {to.Shape} of {to.DType} on {to.Device}.");
    }
}
