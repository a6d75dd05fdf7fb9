using System.Numerics;

namespace Candeia.Gpu;

/// <summary>
/// The memory of a device by size classes, four for each power of two. What lies unused is kept for the next step, but with what is used never more than an eighth above what has been in use at
/// once. Of several blocks the one with the lowest address is given, so that a step that asks for the same as the one before gets the same, in whichever order that was given back.
/// </summary>
internal sealed class Blocks(IDriver driver, string name)
{
    const long Least = 256;
    readonly Dictionary<long, PriorityQueue<Handle, long>> _unused = [];
    long _used, _most, _idle;

    /// <summary>Bytes in use.</summary>
    public long Used => Interlocked.Read(ref _used);

    /// <summary>Bytes that are kept for later.</summary>
    public long Idle => Interlocked.Read(ref _idle);

    /// <summary>The size of the block that so many bytes get.</summary>
    public static long Class(long bytes)
    {
        if (bytes <= Least) return Least;
        long step = 1L << Math.Max(0, BitOperations.Log2((ulong)(bytes - 1)) - 2);
        return (bytes + step - 1) / step * step;
    }

    /// <summary>A block of at least so many bytes.</summary>
    /// <exception cref="InsufficientMemoryException">There is not enough memory.</exception>
    public Handle Rent(long bytes)
    {
        long size = Class(bytes);
        if (size > driver.MostBytes && driver.MostBytes > 0)
            throw new InsufficientMemoryException($"{name} gives at most {Megabytes(driver.MostBytes)} in one piece, and a tensor needs {Megabytes(bytes)}; make the batch smaller.");
        Handle memory = default;
        lock (_unused)
        {
            if (_unused.TryGetValue(size, out var blocks) && blocks.TryDequeue(out memory, out _)) _idle -= size;
        }
        if (memory.IsNone) memory = New(size);
        lock (_unused) _most = Math.Max(_most, _used += size);
        return memory;
    }

    /// <summary>Takes a block back.</summary>
    public void Return(Handle memory, long bytes)
    {
        long size = Class(bytes);
        lock (_unused)
        {
            _used -= size;
            if (_used + _idle + size <= _most + _most / 8)               // of some sizes not all are in use when the most is
            {
                if (!_unused.TryGetValue(size, out var blocks)) _unused[size] = blocks = new();
                blocks.Enqueue(memory, memory.Number);
                _idle += size;
                return;
            }
        }
        driver.Free(memory);
    }

    /// <summary>Gives what lies unused back to the driver.</summary>
    public void Trim()
    {
        lock (_unused)
        {
            foreach (var blocks in _unused.Values) foreach (var (memory, _) in blocks.UnorderedItems) driver.Free(memory);
            _unused.Clear();
            _idle = 0;
            _most = _used;
        }
    }

    Handle New(long size)
    {
        try
        {
            return driver.Allocate(size);
        }
        catch (InsufficientMemoryException e)
        {
            throw new InsufficientMemoryException(
                $"{name} has no {Megabytes(size)} left: {Megabytes(Used)} are in use by tensors, of {Megabytes(driver.Memory)}; make the batch smaller, or let go of tensors.", e);
        }
    }

    static string Megabytes(long bytes) => FormattableString.Invariant($"{Math.Max(0.1, bytes / 1048576.0):0.#} MiB");
}
