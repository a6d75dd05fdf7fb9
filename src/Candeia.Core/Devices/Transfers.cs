namespace Candeia;

/// <summary>The way of elements between the memory of this process and that of another device. What lies between the elements of a view travels with it.</summary>
internal static class Transfers
{
    const long Piece = 1L << 30;                                             // bytes: what a span can name, with room to spare

    /// <summary>A tensor in the memory of this process with the same strides and values: itself, if it is there.</summary>
    public static Tensor ToHost(Tensor x)
    {
        if (x.Device == Device.Cpu) return x;
        var (first, last) = x.Layout.Extent();
        long count = x.Numel == 0 ? 0 : last - first + 1, size = x.DType.Size();
        var source = x.Storage;
        using var held = Held.Of(source);
        source.Check();
        var memory = Device.Cpu.Reserve(checked(count * size));
        Tensor host = new(memory, new Layout(x.Shape, x.Layout.Strides.ToArray(), x.Numel == 0 ? 0 : x.Layout.Offset - first), x.DType);
        using var p = Pins.Of(host);
        for (long done = 0; done < memory.Bytes; done += Piece)
            source.Device.Download(source, first * size + done, p.Bytes(0, done, Math.Min(Piece, memory.Bytes - done)));
        return host;
    }

    /// <summary>
    /// A copy on another device than this process, in the same order of dimensions: straight from where the tensor is, or by the host.
    /// </summary>
    public static Tensor Across(Tensor x, Device device)
    {
        var dense = x.Layout.IsDense ? x : new CopyOp(x.DType).Apply(x, x.Layout.Dense());
        var y = device.Empty(x.Layout.Dense(), x.DType);
        if (x.Numel == 0 || x.Device != Device.Cpu && TryStraight(dense, y)) return y;
        var host = ToHost(dense);
        ToDevice(host.Layout.Offset == 0 ? host : host.Clone(), y);
        return y;
    }

    static bool TryStraight(Tensor dense, Tensor y)
    {
        Storage source = dense.Storage, target = y.Storage;
        using var held = Held.Of(source, target);
        source.Check();
        return target.Device.TryFetch(source, dense.Layout.Extent().First * dense.DType.Size(), target, 0, target.Bytes);
    }

    /// <summary>Writes a tensor of this process over one of another device that has the same strides.</summary>
    public static void ToDevice(Tensor host, Tensor target)
    {
        if (host.Numel == 0 || target.Device == Device.Cpu) return;
        var (first, last) = target.Layout.Extent();
        long start = host.Layout.Extent().First, size = host.DType.Size(), bytes = (last - first + 1) * size;
        var memory = target.Storage;
        using var held = Held.Of(memory);
        memory.Check();
        using var p = Pins.Of(host);
        for (long done = 0; done < bytes; done += Piece)
            memory.Device.Upload(p.Bytes(0, start * size + done, Math.Min(Piece, bytes - done)), memory, first * size + done);
    }
}
