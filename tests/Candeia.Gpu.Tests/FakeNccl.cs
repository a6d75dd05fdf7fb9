using System.Runtime.InteropServices;

namespace Candeia.Gpu.Tests;

/// <summary>NCCL as functions of this process, whose ranks are threads: what is sent waits for who receives it, and is copied in the memory that stands for the processor's.</summary>
static unsafe class FakeNccl
{
    const int InvalidUsage = 5, Byte = 1, Mark = 42;
    static readonly Lock s_lock = new();
    static readonly Dictionary<nint, (Group Group, int Rank)> s_members = [];
    static Group? s_group;
    static nint s_last = 3000;
    [ThreadStatic] static List<Action>? s_asked;

    /// <summary>Members of one group, and where they meet.</summary>
    sealed class Group(int size)
    {
        public int Size => size;
        public Barrier Barrier { get; } = new(size);
        public byte[,][] Sent { get; } = new byte[size, size][];
    }

    /// <summary>How many exchanges and gatherings members have taken part in.</summary>
    public static int Exchanges, Gatherings;

    /// <summary>What joining answers: 5 where two processes have one processor.</summary>
    public static int Error { get; set; }

    /// <summary>Members that have not left.</summary>
    public static int Members
    {
        get
        {
            lock (s_lock) return s_members.Count;
        }
    }

    public static NcclApi Api()
    {
        lock (s_lock)
        {
            (Exchanges, Gatherings, Error, s_group) = (0, 0, 0, null);
            s_members.Clear();
        }
        return new(name => s_functions[name]);
    }

    [UnmanagedCallersOnly]
    static int GetId(NcclId* id)
    {
        new Span<byte>(id->Data, NcclId.Bytes).Fill(Mark);
        return 0;
    }

    [UnmanagedCallersOnly]
    static int Begin(nint* member, int size, NcclId id, int rank)
    {
        if (id.Data[0] != Mark || id.Data[NcclId.Bytes - 1] != Mark || rank < 0 || rank >= size) return InvalidUsage;
        if (Error != 0) return Error;
        Group group;
        lock (s_lock)
        {
            group = s_group ??= new(size);
            s_members[*member = ++s_last] = (group, rank);
        }
        return group.Size == size && group.Barrier.SignalAndWait(TimeSpan.FromMinutes(1)) ? 0 : InvalidUsage;
    }

    [UnmanagedCallersOnly]
    static int End(nint member)
    {
        lock (s_lock) return s_members.Remove(member) ? 0 : InvalidUsage;
    }

    [UnmanagedCallersOnly]
    static int BeginGroup()
    {
        s_asked = [];
        return 0;
    }

    // Everybody lays down what is sent, and then takes what is meant for it.
    [UnmanagedCallersOnly]
    static int EndGroup()
    {
        var asked = s_asked!;
        s_asked = null;
        Interlocked.Increment(ref Exchanges);
        foreach (var action in asked) action();
        return 0;
    }

    [UnmanagedCallersOnly]
    static int Send(nint from, nuint count, int type, int to, nint member, nint stream)
    {
        if (s_asked is null || !Find(member, type, stream, out var group, out int rank)) return InvalidUsage;
        s_asked.Insert(0, () => group.Sent[rank, to] = FakeCuda.BytesAt(from, (int)count));
        return 0;
    }

    [UnmanagedCallersOnly]
    static int Receive(nint to, nuint count, int type, int from, nint member, nint stream)
    {
        if (s_asked is null || !Find(member, type, stream, out var group, out int rank)) return InvalidUsage;
        s_asked.Add(() =>
        {
            if (from == 0) group.Barrier.SignalAndWait();
            FakeCuda.PutBytes(to, group.Sent[from, rank]);
            if (from == group.Size - 1) group.Barrier.SignalAndWait();
        });
        return 0;
    }

    [UnmanagedCallersOnly]
    static int AllGather(nint mine, nint all, nuint count, int type, nint member, nint stream)
    {
        if (!Find(member, type, stream, out var group, out int rank)) return InvalidUsage;
        Interlocked.Increment(ref Gatherings);
        group.Sent[rank, 0] = FakeCuda.BytesAt(mine, (int)count);
        group.Barrier.SignalAndWait();
        for (int from = 0; from < group.Size; from++) FakeCuda.PutBytes(all + from * (nint)count, group.Sent[from, 0]);
        group.Barrier.SignalAndWait();
        return 0;
    }

    static bool Find(nint member, int type, nint stream, out Group group, out int rank)
    {
        lock (s_lock)
        {
            bool isThere = s_members.TryGetValue(member, out var found);
            (group, rank) = found;
            return isThere && type == Byte && stream == FakeCuda.TheStream && FakeCuda.HasContext;
        }
    }

    static readonly Dictionary<string, nint> s_functions = new()
    {
        ["ncclGetUniqueId"] = (nint)(delegate* unmanaged<NcclId*, int>)&GetId, ["ncclCommInitRank"] = (nint)(delegate* unmanaged<nint*, int, NcclId, int, int>)&Begin,
        ["ncclCommDestroy"] = (nint)(delegate* unmanaged<nint, int>)&End, ["ncclGroupStart"] = (nint)(delegate* unmanaged<int>)&BeginGroup, ["ncclGroupEnd"] = (nint)(delegate* unmanaged<int>)&EndGroup,
        ["ncclSend"] = (nint)(delegate* unmanaged<nint, nuint, int, int, nint, nint, int>)&Send, ["ncclRecv"] = (nint)(delegate* unmanaged<nint, nuint, int, int, nint, nint, int>)&Receive,
        ["ncclAllGather"] = (nint)(delegate* unmanaged<nint, nint, nuint, int, nint, nint, int>)&AllGather,
    };
}
