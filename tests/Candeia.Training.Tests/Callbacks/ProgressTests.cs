using System.Text;
using System.Text.RegularExpressions;

namespace Candeia.Training.Tests;

public class ProgressTests
{
    public static TheoryData<int> Widths => [40, 50, 60, 80, 120, 200];

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_bar_never_leaves_its_line_and_only_the_lines_of_epochs_stay(int width)
    {
        var window = new Window(width);
        Tiny.Learner().With(new Progress(window, width, ProgressColors.Ansi)).Fit(Tiny.Batches(40), epochs: 12, valid: Tiny.Batches(20));
        Assert.Equal(0, window.Wrapped);
        Assert.True(window.Drawn >= 3 * 24, $"The bar was drawn or taken away {window.Drawn} times.");
        string[] epochs = [.. window.Lines.Where(l => l.StartsWith("Epoch", StringComparison.Ordinal))];
        Assert.Equal(Enumerable.Range(1, 12).Select(i => $"Epoch {i,2}/12"), epochs.Select(l => l[..11]));
        Assert.All(window.Lines, l => Assert.DoesNotContain("━", l, StringComparison.Ordinal));
        Assert.All(window.Lines.Except(epochs), l => Assert.True(l == "" || l.StartsWith("  ", StringComparison.Ordinal), l));
        string said = Regex.Replace(string.Join(' ', window.Lines), @"\s+", " ");
        Assert.Equal((12, 12), (said.Split("train loss").Length - 1, said.Split("valid loss").Length - 1));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_bar_is_cut_to_the_window(int width)
    {
        for (int columns = width - 1; columns <= width; columns++)
        {
            ProgressBar bar = new("Epoch 7/100", 1, "219/219", "  loss 8.027E-06", "  57238/s", "  0 s left");
            var (text, shown) = bar.Fit(columns, Encoding.UTF8, ProgressColors.None);
            Assert.Equal(text.Length, shown);
            Assert.InRange(shown, 1, columns);
            Assert.StartsWith("Epoch 7/100", text, StringComparison.Ordinal);
            Assert.Contains("219/219  loss 8.027E-06", text, StringComparison.Ordinal);
            Assert.Equal(columns >= 46, text.EndsWith("  0 s left", StringComparison.Ordinal));
            Assert.Equal(columns >= 65 || columns is >= 55 and < 56, text.Contains("57238/s", StringComparison.Ordinal));
            Assert.Equal(columns >= 65 ? Math.Min(24, columns - 57) : columns >= 56 ? columns - 48 : 0, text.Count(c => c == '━'));
        }
    }

    [Theory]
    [InlineData(0.88, " 0.8800"), InlineData(0.8667, " 0.8667"), InlineData(1, "  1.000"), InlineData(0, " 0.0000"), InlineData(-0.5, "-0.5000"), InlineData(7.103e-5, "7.1E-05"),
     InlineData(0.00118, "0.00118"), InlineData(12.345, "  12.35"), InlineData(123456, " 123456"), InlineData(2e29, "2.0E+29"), InlineData(double.PositiveInfinity, "Infinity")]
    public void Numbers_of_epochs_stand_under_each_other(double value, string text) => Assert.Equal(text, ProgressNumber.Of(value));

    [Fact]
    public void What_is_too_long_for_any_bar_loses_its_end()
    {
        ProgressBar bar = new("Epoch 1000000/1000000", 0.5, "1000000/2000000", "  loss -1.234E-100", "  1/s", "  1000000 s left");
        for (int columns = 1; columns <= 120; columns++) Assert.InRange(bar.Fit(columns, Encoding.UTF8, ProgressColors.None).Text.Length, 1, columns);
    }

    [Fact]
    public void An_unknown_number_of_batches_has_no_bar() =>
        Assert.Equal("Predicting  12  100/s", new ProgressBar("Predicting", null, "12", "", "  100/s", "").Fit(79, Encoding.UTF8, ProgressColors.None).Text);

    [Fact]
    public void Terminals_without_those_characters_get_others() =>
        Assert.Contains("============------------", new ProgressBar("Validating", 0.5, "5/10", "", "", "").Fit(79, Encoding.ASCII, ProgressColors.None).Text, StringComparison.Ordinal);

    [Fact]
    public void Colors_take_no_columns()
    {
        ProgressBar bar = new("Epoch 1/2", 0.5, "5/10", "  loss 1", "  10/s", "  1 s left");
        var (plain, columns) = bar.Fit(79, Encoding.UTF8, ProgressColors.None);
        var (painted, same) = bar.Fit(79, Encoding.UTF8, ProgressColors.Ansi);
        Assert.Equal(columns, same);
        Assert.True(painted.Length > plain.Length);
        Assert.Equal(plain, Regex.Replace(painted, @"\e\[[\d;]*m", ""));
    }

    [Fact]
    public void Another_output_has_whole_lines_and_no_bar()
    {
        using var output = new StringWriter();
        Tiny.Learner().With(new Progress(output)).Fit(Tiny.Batches(40), epochs: 2);
        string[] lines = output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.All(lines, l => Assert.Matches(@"^Epoch \d/2   train loss +\S+( \S+ +\S+)*   \d+\.\d s, \d+/s$", l));
    }

    [Fact]
    public void Why_a_run_has_stopped_is_said()
    {
        using var output = new StringWriter();
        Tiny.Learner().With(new Progress(output), new EarlyStopping(patience: 1, minDelta: 1e9)).Fit(Tiny.Batches(40), epochs: 5);
        Assert.Contains("Stopped: ", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A terminal of some width, with what stands on it in the end.</summary>
    sealed class Window(int width) : TextWriter
    {
        readonly List<StringBuilder> _lines = [new()];
        int _column;
        bool _escape;

        public override Encoding Encoding => Encoding.UTF8;

        public int Wrapped { get; private set; }

        /// <summary>How often a line was begun anew.</summary>
        public int Drawn { get; private set; }

        public IEnumerable<string> Lines => _lines.Select(l => l.ToString().TrimEnd());

        public override void Write(char value)
        {
            if (_escape) _escape = value != 'm';
            else if (value == '\e') _escape = true;
            else if (value == '\r') (_column, Drawn) = (0, Drawn + 1);
            else if (value == '\n') Next();
            else
            {
                if (_column == width - 1) Wrapped++;        // many terminals go on in the next line already here
                if (_column == width) Next();
                if (_column < _lines[^1].Length) _lines[^1][_column] = value;
                else _lines[^1].Append(value);
                _column++;
            }
        }

        void Next()
        {
            _lines.Add(new());
            _column = 0;
        }
    }
}
