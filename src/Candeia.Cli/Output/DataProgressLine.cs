using System.Diagnostics;
using Candeia.Datasets;
using Candeia.Experiments;
using Spectre.Console;

namespace Candeia.Cli;

/// <summary>How the making of a data set comes on: a line that changes on a terminal, a line per stage elsewhere.</summary>
sealed class DataProgressLine(IAnsiConsole console) : IDataStory
{
    readonly Lock _lock = new();
    readonly Stopwatch _drawn = new();
    DataStage? _stage;

    public void Report(DataProgress value)
    {
        lock (_lock)
        {
            bool begins = _stage != value.Stage;
            if (!begins && (!Screen.IsTerminal || _drawn.ElapsedMilliseconds < 100)) return;
            _stage = value.Stage;
            _drawn.Restart();
            if (Screen.IsTerminal) console.Write(new ControlCode($"\r\e[2K{Line(value, console.Profile.Width)}"));
            else console.WriteLine($"   {value.Stage} …");
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_stage is not null && Screen.IsTerminal) console.Write(new ControlCode("\r\e[2K"));
    }

    /// <summary>It stays in one line of the window, the last column of which stays empty: what is written over would not be the whole of it else.</summary>
    internal static string Line(DataProgress progress, int columns)
    {
        string line = $"   {Describe(progress)}";
        return line.Length < columns ? line : line[..Math.Max(0, columns - 1)];
    }

    static string Describe(DataProgress p)
    {
        (double unit, string name) = p.Stage switch
        {
            DataStage.Downloading or DataStage.Verifying => (1e6, "MB"),
            DataStage.Unpacking => (1, "files"),
            _ => (1, "images"),
        };
        string of = p.Total is { } total ? FormattableString.Invariant($" of {total / unit:N0}") : "";
        return FormattableString.Invariant($"{p.Stage} {p.Done / unit:N0}{of} {name}");
    }
}
