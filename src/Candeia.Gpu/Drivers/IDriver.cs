namespace Candeia.Gpu;

/// <summary>What a device needs of a driver. It works in the order of the calls, which one thread makes at a time; <see cref="Free"/> may come from any thread.</summary>
internal interface IDriver
{
    /// <summary>What its makers call the device.</summary>
    string Description { get; }

    /// <summary>The bytes that it has.</summary>
    long Memory { get; }

    /// <summary>The most bytes of one block.</summary>
    long MostBytes { get; }

    /// <summary>Whether it computes with float64.</summary>
    bool HasDouble { get; }

    /// <summary>What stands before every kernel: the words of the common part in its language.</summary>
    string Prelude { get; }

    /// <summary>Memory with arbitrary contents.</summary>
    /// <exception cref="InsufficientMemoryException">There is not enough.</exception>
    Handle Allocate(long bytes);

    /// <summary>Gives memory back, when what was asked for before is done with it.</summary>
    void Free(Handle memory);

    /// <summary>Copies to the device; the source may change as soon as this returns.</summary>
    void Write(Handle memory, long offset, ReadOnlySpan<byte> source);

    /// <summary>Copies to the host, when all that was asked for before is done.</summary>
    void Read(Handle memory, long offset, Span<byte> target);

    /// <summary>Compiles a text and gives its one kernel.</summary>
    /// <exception cref="GpuException">The text is refused.</exception>
    Handle Build(string text, string kernel);

    /// <summary>A product by a library of the makers, which runs like a kernel, given the memory of a, b, y and the bias, and where they begin, in bytes; none where there is no way.</summary>
    Handle Product(in ProductShape shape) => default;

    /// <summary>A convolution likewise, given the memory of both operands and the result.</summary>
    Handle Convolution(in ConvolutionShape shape) => default;

    /// <summary>Runs a kernel in so many groups of threads, now or together with what comes next.</summary>
    void Launch(Handle kernel, long groups, int threads, Arguments arguments);

    /// <summary>Hands over what waits to be run together with what comes next.</summary>
    void Submit()
    {
    }

    /// <summary>What drivers of other processes need to find this one; null where there is no way.</summary>
    byte[]? Invite() => null;

    /// <summary>Comes together with those of other processes; null where they do not find each other.</summary>
    IDriverPeers? Join(byte[] invitation, int rank, int size) => null;

    /// <summary>Waits for all that was asked for.</summary>
    void Finish();
}
