using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Candeia.Training;

/// <summary>A TensorBoard event file that has been read. One that is damaged, or still being written, gives what is whole at its beginning.</summary>
/// <remarks>The format is TFRecord: length, checksum, message, checksum (<see href="https://www.tensorflow.org/tutorials/load_data/tfrecord"/>).</remarks>
public sealed class EventFile
{
    const int Before = 12, After = 4;

    EventFile(ImmutableArray<TensorBoardEvent> events, EventFileDamage damage, long wholeBytes) => (Events, Damage, WholeBytes) = (events, damage, wholeBytes);

    /// <summary>The records, in order.</summary>
    public ImmutableArray<TensorBoardEvent> Events { get; }

    /// <summary>What is wrong after the last of them.</summary>
    public EventFileDamage Damage { get; }

    /// <summary>Where the last of them ends.</summary>
    public long WholeBytes { get; }

    /// <summary>All numbers in the order of the file.</summary>
    public IEnumerable<(long Step, string Tag, float Value)> Scalars =>
        Events.SelectMany(e => e.Values.OfType<ScalarSummary>().Select(s => (e.Step, s.Tag, s.Value)));

    /// <summary>Reads a file.</summary>
    public static EventFile Read(string path) => Read(File.ReadAllBytes(path));

    /// <summary>Reads the bytes of a file. Whatever they are, there is no exception.</summary>
    public static EventFile Read(ReadOnlySpan<byte> file)
    {
        var events = ImmutableArray.CreateBuilder<TensorBoardEvent>();
        int at = 0;
        while (at < file.Length)
        {
            var (damage, message) = Record(file[at..]);
            if (damage != EventFileDamage.None) return new(events.ToImmutable(), damage, at);
            try { events.Add(TensorBoardEvent.Read(message)); }
            catch (InvalidDataException) { return new(events.ToImmutable(), EventFileDamage.Message, at); }
            at += Before + message.Length + After;
        }
        return new(events.ToImmutable(), EventFileDamage.None, at);
    }

    static Recorded Record(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < Before) return new(EventFileDamage.TrailingBytes, []);
        if (MaskedCrc.Of(rest[..8]) != BinaryPrimitives.ReadUInt32LittleEndian(rest[8..])) return new(EventFileDamage.LengthChecksum, []);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(rest);
        if (length > (ulong)Math.Max(0, rest.Length - Before - After)) return new(EventFileDamage.Truncated, []);
        var message = rest.Slice(Before, (int)length);
        if (MaskedCrc.Of(message) != BinaryPrimitives.ReadUInt32LittleEndian(rest[(Before + (int)length)..])) return new(EventFileDamage.DataChecksum, []);
        return new(EventFileDamage.None, message);
    }

    readonly ref struct Recorded(EventFileDamage damage, ReadOnlySpan<byte> message)
    {
        readonly ReadOnlySpan<byte> _message = message;

        public void Deconstruct(out EventFileDamage wrong, out ReadOnlySpan<byte> bytes)
        {
            wrong = damage;
            bytes = _message;
        }
    }
}
