using System.Globalization;

namespace Candeia.Training;

/// <summary>
/// The history as a CSV file that grows with each whole epoch, with the columns of <see cref="History.ToCsv"/>; a resumed run goes on with it.
/// </summary>
/// <param name="path">The file.</param>
public sealed class CsvLog(string path) : LineLog(path)
{
    private protected override string Header(History history) => history.ToCsv().Split('\n')[0];

    private protected override string Line(History history, int index) => history.ToCsv().Split('\n')[1 + index];

    private protected override int? Epoch(string line)
    {
        var number = line.AsSpan(0, Math.Max(0, line.IndexOf(',', StringComparison.Ordinal)));
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int epoch) ? epoch : null;
    }
}
