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
        x.Storage.Check();
        var memory = Device.Cpu.Reserve(checked(count * size));
        Tensor host = new(memory, new Layout(x.Shape, x.Layout.Strides.ToArray(), x.Numel == 0 ? 0 : x.Layout.Offset - first), x.DType);
        using var p = Pins.Of(host, x);
        for (long done = 0; done < memory.Bytes; done += Piece)
            x.Device.Download(x.Storage, first * size + done, p.Bytes(0, done, Math.Min(Piece, memory.Bytes - done)));
        return host;
    }

    /// <summary>Writes a tensor of this process over one of another device that has the same strides.</summary>
    public static void ToDevice(Tensor host, Tensor target)
    {
        if (host.Numel == 0 || target.Device == Device.Cpu) return;
        var (first, last) = target.Layout.Extent();
        long start = host.Layout.Extent().First, size = host.DType.Size(), bytes = (last - first + 1) * size;
        target.Storage.Check();
        using var p = Pins.Of(host, target);
        for (long done = 0; done < bytes; done += Piece)
            target.Device.Upload(p.Bytes(0, start * size + done, Math.Min(Piece, bytes - done)), target.Storage, first * size + done);
    }
}
