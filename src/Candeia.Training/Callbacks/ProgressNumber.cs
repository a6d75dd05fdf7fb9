using System.Globalization;

namespace Candeia.Training;

/// <summary>
/// Losses and metrics as they stand in the lines of epochs: three or four digits in seven columns, so that those of one epoch stand under those of
/// another.
/// </summary>
internal static class ProgressNumber
{
    const int Columns = 7;

    public static string Of(double value)
    {
        string format = Math.Abs(value) switch
        {
            0 => "F4",
            < 0.00095 => "0.0E-00",
            < 0.0095 => "F5",
            < 1 => "F4",
            < 10 => "F3",
            < 100 => "F2",
            < 1000 => "F1",
            < 1e6 => "F0",
            _ => "0.0E+00",
        };
        return value.ToString(format, CultureInfo.InvariantCulture).PadLeft(Columns);
    }
}
