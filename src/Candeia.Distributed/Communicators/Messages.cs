using System.Text;

namespace Candeia.Distributed;

/// <summary>What ranks tell each other that is not of one length everywhere.</summary>
internal static class Messages
{
    /// <summary>A text of one rank.</summary>
    public static string Text(this ICommunicator ranks, string text, int from)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        long[] length = [bytes.Length];
        ranks.Broadcast<long>(length, from);
        if (ranks.Rank != from) bytes = new byte[length[0]];
        ranks.Broadcast<byte>(bytes, from);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>What every rank has, however long, in their order.</summary>
    public static byte[][] Gather(this ICommunicator ranks, byte[] mine)
    {
        long[] lengths = new long[ranks.Size];
        ranks.AllGather<long>([mine.Length], lengths);
        int most = checked((int)lengths.Max());
        byte[] padded = new byte[most], all = new byte[checked(most * ranks.Size)];
        mine.CopyTo(padded, 0);
        ranks.AllGather<byte>(padded, all);
        return [.. lengths.Select((length, rank) => all.AsSpan(rank * most, (int)length).ToArray())];
    }
}
