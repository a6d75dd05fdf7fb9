namespace Candeia.Training;

/// <summary>Names of averaged metrics.</summary>
internal static class Averages
{
    /// <summary>The metric's name, with the average unless that is the usual one, so that several may stand side by side.</summary>
    public static string Of(this Average average, string metric) => average switch
    {
        Average.Micro => $"micro_{metric}",
        Average.Weighted => $"weighted_{metric}",
        _ => metric,
    };
}
