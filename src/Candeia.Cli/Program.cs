return await Candeia.Cli.Tool.RunAsync(args);
