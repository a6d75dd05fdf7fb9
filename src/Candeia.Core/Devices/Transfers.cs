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
        var storage = x.Storage;
        storage.Check();
        var memory = Device.Cpu.Reserve(checked(count * size));
        for (long done = 0; done < memory.Bytes; done += Piece)
            x.Device.Download(storage, first * size + done, ((HostStorage)memory).Part(done, Math.Min(Piece, memory.Bytes - done)));
        return new(memory, new Layout(x.Shape, x.Layout.Strides.ToArray(), x.Numel == 0 ? 0 : x.Layout.Offset - first), x.DType);
    }

    /// <summary>Writes a tensor of this process over one of another device that has the same strides.</summary>
    public static void ToDevice(Tensor host, Tensor target)
    {
        if (host.Numel == 0 || target.Device == Device.Cpu) return;
        var (first, last) = target.Layout.Extent();
        long start = host.Layout.Extent().First, size = host.DType.Size(), bytes = (last - first + 1) * size;
        target.Storage.Check();
        for (long done = 0; done < bytes; done += Piece)
            target.Device.Upload(((HostStorage)host.Storage).Part(start * size + done, Math.Min(Piece, bytes - done)), target.Storage, first * size + done);
        GC.KeepAlive(host);
        GC.KeepAlive(target);
    }
}
