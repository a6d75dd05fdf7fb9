using System.Text;

namespace Candeia.Training;

/// <summary>
/// A log with a line per whole epoch. Lines are appended and are on the disk before training goes on; what an interrupted run has left of an unfinished
/// line, or of epochs that are made again, is removed first. An epoch that was cut off has none, and a dry run writes nothing.
/// </summary>
public abstract class LineLog : Callback
{
    static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);
    string? _header;
    bool _continues;

    private protected LineLog(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = path;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The line above all others, if there is one.</summary>
    private protected virtual string? Header(History history) => null;

    /// <summary>The line of an epoch, counted from 0.</summary>
    private protected abstract string Line(History history, int index);

    /// <summary>Which epoch a line is about; null if it is no line of this log.</summary>
    private protected abstract int? Epoch(string line);

    /// <inheritdoc/>
    public sealed override void On(RunBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!e.Run.IsFit || !e.Run.Writes) return;
        WholeFile.CleanUp(Path);
        _continues = false;
    }

    /// <inheritdoc/>
    public sealed override void On(EpochEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!e.Run.Writes || !e.IsWhole) return;
        var history = e.Run.History;
        string? header = Header(history) is { } text ? text + "\n" : null;
        if (!_continues) WholeFile.Write(Path, string.Concat(Before(e.Result, header)));
        else if (header != _header)                                         // something is measured for the first time
        {
            var logged = Whole(File.ReadAllText(Path)).Select(Epoch).ToHashSet();
            WholeFile.Write(Path, header + string.Concat(history.Epochs.Index().Where(i => logged.Contains(i.Item.Epoch)).Select(i => Line(history, i.Index) + "\n")));
        }
        (_header, _continues) = (header, true);
        using var file = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(s_utf8.GetBytes(Line(history, history.Epochs.Count - 1) + "\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>The lines of the epochs before, with the header.</summary>
    IEnumerable<string> Before(EpochResult result, string? header)
    {
        string[] lines = result.Epoch > 1 && File.Exists(Path) ? [.. Whole(File.ReadAllText(Path))] : [];
        if (header is not null && lines is [var first, ..])
        {
            if (first != header)
                throw new InvalidDataException(
                    $"{Path} has the columns {first.TrimEnd()}, and this run {header.TrimEnd()}. Name another file, or remove this one.");
            lines = lines[1..];
        }
        return lines.Where(line => Epoch(line) < result.Epoch).Prepend(header ?? "");
    }

    static IEnumerable<string> Whole(string text)
    {
        for (int start = 0, end; (end = text.IndexOf('\n', start) + 1) > 0; start = end) yield return text[start..end];
    }
}
