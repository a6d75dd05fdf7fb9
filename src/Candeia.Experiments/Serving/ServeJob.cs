using System.Net;
using Candeia.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace Candeia.Experiments;

/// <summary>What a user of serve has chosen.</summary>
/// <param name="Model">A file or folder.</param>
/// <param name="Host">The address to listen at.</param>
/// <param name="Port">The port; 0 for any that is free.</param>
/// <param name="Batching">How requests are put together.</param>
/// <param name="MostRequestBytes">How long a request may be.</param>
sealed record ServeSettings(string Model, IPAddress Host, int Port, BatchingOptions Batching, int MostRequestBytes);

/// <summary>Serves a saved model until it is stopped.</summary>
static class ServeJob
{
    /// <exception cref="UserException">There is no such model, or the port is taken.</exception>
    public static async Task RunAsync(ServeSettings settings, Action<string> say, CancellationToken cancel)
    {
        var (name, model) = SavedModels.Open(settings.Model);
        await LocalPages.RunAsync(settings.Host, settings.Port, services => services.AddCandeiaModel(name, () => model, settings.Batching).Configure<ServingOptions>(o => o.MostRequestBytes = settings.MostRequestBytes),
            routes => routes.MapCandeia(), address =>
            {
                say($"{name}");
                foreach (var value in model.Inputs) say($"  takes {value}");
                foreach (var value in model.Outputs) say($"  gives {value}");
                say($"{address}");
                say("  a page to try it; for programs:");
                say($"  v2/models/{name}/{(model.Question is TextQuestion ? "generate" : "infer")}");
                say("Ctrl+C stops it.");
            }, cancel).ConfigureAwait(false);
    }
}
