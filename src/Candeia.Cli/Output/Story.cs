using System.Globalization;
using Candeia.Experiments;
using Candeia.Training;
using Spectre.Console;
using Progress = Candeia.Training.Progress;

namespace Candeia.Cli;

/// <summary>A job as it passes, step by step: a numbered title, and what there is to say about it.</summary>
sealed class Story(IAnsiConsole? console = null, Progress? training = null) : IStory
{
    const int Indent = 3;
    readonly IAnsiConsole _console = console ?? AnsiConsole.Console;
    int _step;

    /// <summary>How many letters a line has room for.</summary>
    public int Columns => _console.Profile.Width - Indent;

    /// <summary>What comes before the first step.</summary>
    public void Title(string title, FormattableString subtitle) =>
        _console.MarkupLineInterpolated($"[bold]{title}[/]  [grey]{subtitle.ToString(CultureInfo.InvariantCulture)}[/]");

    /// <summary>The next step begins.</summary>
    public void Step(string title)
    {
        string number = (++_step).ToString(CultureInfo.InvariantCulture), words = Screen.Lines($"{number}  {title}", _console.Profile.Width - 1, Indent)[number.Length..];
        _console.WriteLine();
        _console.MarkupLineInterpolated($"[#d9822b]{number}[/][bold]{words}[/]");
    }

    /// <summary>A line about the step.</summary>
    public void Line(FormattableString text) =>
        _console.Write(new Indented(text.ToString(CultureInfo.InvariantCulture), by: Indent));

    /// <summary>Shows how the making of a data set comes on, until it is disposed.</summary>
    public IDataStory DataProgress() => new DataProgressLine(_console);

    /// <summary>Shows how a training comes on.</summary>
    public Progress Training { get; } = training ?? Screen.Progress();
}
