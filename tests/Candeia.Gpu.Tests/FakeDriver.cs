namespace Candeia.Gpu.Tests;

/// <summary>A driver without a device: it counts, computes nothing, and fails when it is told to.</summary>
sealed class FakeDriver : IDriver
{
    readonly Dictionary<nint, long> _blocks = [];
    nint _last;

    public string Description => "a device that does not exist";

    public long Memory { get; init; } = 1L << 40;

    public long MostBytes => Memory;

    public bool HasDouble { get; init; } = true;

    public string Prelude { get; init; } = "";

    /// <summary>Whether it may be read: there is nothing but zeros.</summary>
    public bool CanRead { get; init; } = true;

    /// <summary>Bytes in use.</summary>
    public long Used { get; private set; }

    /// <summary>The most that were in use at once.</summary>
    public long Most { get; private set; }

    /// <summary>How often memory was asked for.</summary>
    public int Allocations { get; private set; }

    /// <summary>Kernels that were compiled.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>Whether texts are refused.</summary>
    public bool Refuses { get; set; }

    /// <summary>Whether the device is gone.</summary>
    public bool IsLost { get; set; }

    /// <summary>What was launched, if that is written down.</summary>
    public List<string>? Log { get; init; }

    public Handle Allocate(long bytes)
    {
        lock (_blocks)
        {
            if (Used + bytes > Memory) throw new InsufficientMemoryException("The fake device is full.");
            Most = Math.Max(Most, Used += bytes);
            Allocations++;
            _blocks[++_last] = bytes;
            return new(_last);
        }
    }

    public void Free(Handle memory)
    {
        lock (_blocks)
        {
            Assert.True(_blocks.Remove(memory.Value, out long bytes));       // nothing is given back twice
            Used -= bytes;
        }
    }

    public void Write(Handle memory, long offset, ReadOnlySpan<byte> source) => Check(memory, offset + source.Length);

    public void Read(Handle memory, long offset, Span<byte> target)
    {
        Check(memory, offset + target.Length);
        if (!CanRead) throw new InvalidOperationException("There is nothing to be read.");
        target.Clear();
    }

    public Handle Build(string text, string kernel)
    {
        if (Refuses) throw new GpuException("The fake compiler refuses it.");
        Texts.Add(text);
        return new(Texts.Count);
    }

    public void Launch(Handle kernel, long groups, int threads, Arguments arguments)
    {
        Gone();
        Log?.Add($"{kernel.Value} in {groups} x {threads}: {Convert.ToHexString(arguments.Data)}");
        if (kernel.Value < 1 || kernel.Value > Texts.Count || groups is < 1 or > int.MaxValue || threads is < 1 or > 256) Assert.Fail($"No kernel {kernel.Value} runs in {groups} groups of {threads} threads.");
    }

    public void Finish() => Gone();

    void Check(Handle memory, long end)
    {
        Gone();
        lock (_blocks) if (end < 0 || end > _blocks[memory.Value]) Assert.Fail($"{end} is beyond a block of {_blocks[memory.Value]} bytes.");
    }

    void Gone()
    {
        if (IsLost) throw new GpuException("The fake device is gone.");
    }
}
