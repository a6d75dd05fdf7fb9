using System.Runtime.InteropServices;
using System.Text;

namespace Candeia.Distributed;

/// <summary>How processes of one machine come to memory that all of them see.</summary>
internal static class MpiSharing
{
    /// <summary>Whether all ranks are where they can open each other's files. All ask together.</summary>
    public static bool AreTogether(ICommunicator ranks)
    {
        byte[][] places = ranks.Gather(Encoding.UTF8.GetBytes(SharedFile.Place() ?? ""));
        return places[0].Length > 0 && places.All(p => p.AsSpan().SequenceEqual(places[0]));
    }

    /// <summary>So many bytes; null on all ranks where one of them cannot have them. All ask together.</summary>
    public static SafeBuffer? Memory(ICommunicator ranks, long bytes)
    {
        using var made = ranks.Rank == 0 ? CLibrary.FileInMemory(bytes) : null;
        string path = ranks.Text(made is null ? "" : SharedFile.PathOf(made), 0);
        if (path.Length == 0) return null;
        using var file = ranks.Rank == 0 ? null : SharedFile.Open(path, bytes);
        var memory = (made ?? file) is { } open ? SharedFile.Map(open, bytes) : null;
        int[] missing = [memory is null ? 1 : 0];
        ranks.AllReduce<int>(missing);                                       // who has made it keeps it open until all have opened it
        if (missing[0] == 0) return memory;
        memory?.Dispose();
        return null;
    }
}
