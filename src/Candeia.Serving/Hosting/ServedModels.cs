using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Candeia.Serving;

/// <summary>A model's name, for the services that are to know of it.</summary>
sealed record ServedName(string Name);

/// <summary>The models of a server. They are loaded and warmed up while it starts; when it stops, each answers what it has taken.</summary>
sealed class ServedModels : BackgroundService
{
    /// <summary>How long a client may still send or fetch when the server has begun to stop.</summary>
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    readonly IServiceProvider _services;
    readonly IHostApplicationLifetime _life;
    readonly CancellationTokenSource _late = new();
    readonly Dictionary<string, TaskCompletionSource<Predictor>> _models;

    public ServedModels(IServiceProvider services, IEnumerable<ServedName> names, IHostApplicationLifetime life)
    {
        (_services, _life) = (services, life);
        _models = names.ToDictionary(n => n.Name, _ => new TaskCompletionSource<Predictor>());
        Late = _late.Token;
        life.ApplicationStopping.Register(() => _late.CancelAfter(s_patience));
    }

    /// <summary>Ends a moment after the server has begun to stop: what a client has not sent by then, nobody waits for.</summary>
    public CancellationToken Late { get; }

    public IReadOnlyCollection<string> Names => _models.Keys;

    /// <summary>Whether all are there and requests are taken.</summary>
    public bool IsReady => _models.Values.All(m => m.Task.IsCompletedSuccessfully) && !_life.ApplicationStopping.IsCancellationRequested;

    /// <summary>A model by its name.</summary>
    /// <exception cref="RefusedException">There is none, or it is not loaded yet.</exception>
    public Predictor this[string name] => !_models.TryGetValue(name, out var model) ? throw new RefusedException(404, $"There is no model '{(name.Length <= 64 ? name : name[..64] + "…")}' here.")
        : model.Task.IsCompletedSuccessfully ? model.Task.Result : throw new RefusedException(503, $"The model '{name}' is still being loaded.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();                                                // health can be asked for while a large file is read
        foreach (var (name, model) in _models)
        {
            var predictor = _services.GetRequiredKeyedService<Predictor>(name);
            await predictor.WarmUpAsync().ConfigureAwait(false);
            model.SetResult(predictor);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        foreach (var model in _models.Values.Where(m => m.Task.IsCompletedSuccessfully)) await model.Task.Result.DisposeAsync().ConfigureAwait(false);
    }

    public override void Dispose()
    {
        _late.Dispose();
        base.Dispose();
    }
}
