using System.Globalization;

namespace Candeia.Experiments;

/// <summary>Correlations as people write them.</summary>
static class TwoDigits
{
    /// <summary>To two digits, and zero without a sign: <c>-0.46</c>, <c>0.00</c>.</summary>
    public static string Of(float correlation) => (MathF.Round(correlation, 2) + 0f).ToString("0.00", CultureInfo.InvariantCulture);
}
