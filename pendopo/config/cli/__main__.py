from pendopo.config.cli import main

main()
