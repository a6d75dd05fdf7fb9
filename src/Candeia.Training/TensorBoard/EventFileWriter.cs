using System.Buffers.Binary;
using System.Globalization;

namespace Candeia.Training;

/// <summary>Writes what TensorBoard shows into a new event file of a folder; each folder is a line of its own in its charts.</summary>
public sealed class EventFileWriter : IDisposable
{
    static int s_files;
    readonly FileStream _file;
    readonly TimeProvider _time;

    /// <param name="folder">Made if it is missing.</param>
    /// <param name="firstStep">Where a run goes on that was interrupted: what earlier files have from this step on is shown no longer.</param>
    public EventFileWriter(string folder, long? firstStep = null) : this(folder, firstStep, TimeProvider.System) { }

    internal EventFileWriter(string folder, long? firstStep, TimeProvider time)
    {
        _time = time;
        Directory.CreateDirectory(folder);
        Path = System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture,
            $"events.out.tfevents.{(long)Now:D10}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref s_files)}"));
        _file = new(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Add(new(Now, 0, []) { FileVersion = "brain.Event:2" });
        if (firstStep is { } step) Add(new(Now, step, []) { IsStart = true });
        Flush();
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    double Now => _time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>Writes a number.</summary>
    public void Scalar(string tag, double value, long step) => Write(step, new ScalarSummary(tag, (float)value));

    /// <summary>Writes how a tensor's values are distributed.</summary>
    public void Histogram(string tag, Tensor values, long step) => Write(step, HistogramSummary.Of(tag, values));

    /// <summary>Writes a picture, as a PNG file.</summary>
    /// <exception cref="ArgumentException">The bytes are no PNG file.</exception>
    public void Image(string tag, ReadOnlyMemory<byte> png, long step) => Write(step, ImageSummary.OfPng(tag, png));

    /// <summary>Writes several values of a step as one record.</summary>
    public void Write(long step, params ReadOnlySpan<SummaryValue> values) => Add(new(Now, step, [.. values]));

    /// <summary>Hands everything to the system, so that others can read it.</summary>
    public void Flush() => _file.Flush();

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    void Add(TensorBoardEvent e) => Write(_file, e.ToMessage().Written);

    /// <summary>A record: length and message, each with its checksum.</summary>
    internal static void Write(Stream stream, ReadOnlySpan<byte> message)
    {
        byte[] record = new byte[message.Length + 16];
        BinaryPrimitives.WriteInt64LittleEndian(record, message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), MaskedCrc.Of(record.AsSpan(0, 8)));
        message.CopyTo(record.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + message.Length), MaskedCrc.Of(message));
        stream.Write(record);
    }
}
