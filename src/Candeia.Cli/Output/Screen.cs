using System.Text;
using Candeia.Experiments;
using Candeia.Training;
using Spectre.Console;
using Progress = Candeia.Training.Progress;

namespace Candeia.Cli;

/// <summary>The standard output: colours for a person at a terminal, plain lines for everything else.</summary>
static class Screen
{
    public static bool IsTerminal => !Console.IsOutputRedirected;

    /// <summary>How a training comes on: a bar in colours where the terminal has them.</summary>
    public static Progress Progress() =>
        new(colors: AnsiConsole.Profile.Capabilities is { Ansi: true, ColorSystem: not ColorSystem.NoColors } ? ProgressColors.Ansi : null);

    /// <summary>Sets up the console that everything but the progress of training writes to.</summary>
    public static void SetUp()
    {
        if (OperatingSystem.IsWindows()) Console.OutputEncoding = Encoding.UTF8;
        if (IsTerminal) return;
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
        AnsiConsole.Console.Profile.Width = 500;     // a log has no edge to wrap at
    }

    /// <summary>Writes nothing more to the standard output: of several processes that do one job the first alone tells of it.</summary>
    public static void Mute()
    {
        Console.SetOut(TextWriter.Null);
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(TextWriter.Null) });
    }

    /// <summary>Writes a line for people: in a terminal it goes on in the next one between two words, <paramref name="indent"/> blanks to the right, and elsewhere it is as long as it is.</summary>
    public static void Say(string line, int indent = 2) => Console.WriteLine(Lines(line, Room, indent));

    /// <summary>How many letters a line of the output has room for; as many as one likes, where no window shows it.</summary>
    public static int Room => IsTerminal ? Columns() - 1 : int.MaxValue;

    /// <summary>Says on the standard error what went wrong; where nobody can hear it, the exit code alone says so.</summary>
    public static void Complain(string sentence)
    {
        try
        {
            Console.Error.WriteLine(Console.IsErrorRedirected ? sentence : Lines(sentence, Columns() - 1));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // a full disk, or a closed stream
        }
    }

    /// <summary>The columns of the window. Windows knows them by the standard output alone, and throws where that is a file.</summary>
    static int Columns()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return 80;
        }
    }

    /// <summary>The words of a sentence in lines of a window, from the second on so far to the right; a word that is longer than a line has one for itself.</summary>
    internal static string Lines(string sentence, int columns, int indent = 0)
    {
        if (indent > columns / 2) indent = 0;
        var text = new StringBuilder();
        int column = 0;
        bool isFirst = true;
        foreach (string word in sentence.Split(' '))
        {
            bool fits = column + 1 + word.Length <= columns;
            if (!isFirst && fits) text.Append(' ');
            else if (!isFirst)
            {
                text.Append(Environment.NewLine).Append(' ', indent);
                column = indent - 1;
            }
            text.Append(word);
            column += (isFirst ? 0 : 1) + word.Length;
            isFirst = false;
        }
        return text.ToString();
    }

    /// <summary>Says where a page is, and opens it for a person at a terminal.</summary>
    public static void Show(string address)
    {
        Console.WriteLine(address);
        Console.WriteLine("Ctrl+C stops it.");
        if (IsTerminal) LocalPages.Open(address);
    }

    /// <summary>The standard error, for what passes while the output belongs to a program.</summary>
    public static IAnsiConsole Errors()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(Console.Error),
        });
        console.Profile.Width = 500;
        return console;
    }
}
