using System.Globalization;
using Candeia.NN;

namespace Candeia.Experiments;

/// <summary>A network for forecasts in a file, with the sizes that it needs to be made again.</summary>
static class SavedForecaster
{
    public static void Save(string file, ForecastNet net, TimeSeriesSettings settings) => Safetensors.Save(file, net.StateDict(), new Dictionary<string, string>
    {
        ["season"] = Text(settings.Season), ["day"] = Text(settings.Day), ["horizon"] = Text(settings.Horizon), ["hidden"] = Text(settings.Hidden),
        ["coverage"] = settings.Coverage.ToString("R", CultureInfo.InvariantCulture),
    });

    /// <exception cref="UserException">The file holds another network.</exception>
    public static ForecastNet Load(string file)
    {
        using var open = SafetensorsFile.Open(file);
        int Size(string name) => open.Metadata is { } said && said.TryGetValue(name, out string? text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size is > 0 and <= 1 << 20
            ? size : throw new UserException($"'{file}' does not say its {name}; name a model.safetensors that time-series wrote.");
        int season = Size("season"), day = Size("day");
        var net = new ForecastNet(ForecastWindows.Features(season, day), Size("hidden"), day, Size("horizon"));
        net.LoadStateDict(Safetensors.Load(file));
        return net;
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
